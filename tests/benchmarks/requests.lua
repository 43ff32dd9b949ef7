-- wrk asks for the lines of $WRK_PAGES in turn: a path, a tab and the ETag that the reader still has, if any.
-- Totals go to $WRK_RESULT as JSON.
local pages, asked = {}, 0

function init()
  for line in io.lines(os.getenv("WRK_PAGES")) do
    local path, tag = line:match("^([^\t]*)\t?(.*)$")
    local headers = tag ~= "" and { ["If-None-Match"] = tag } or {}
    pages[#pages + 1] = wrk.format("GET", path, headers)
  end
end

function request()
  asked = asked + 1
  return pages[(asked - 1) % #pages + 1]
end

function done(summary, latency)
  local file = io.open(os.getenv("WRK_RESULT"), "w")
  file:write(string.format(
    '{"requests": %d, "seconds": %f, "bytes": %d, "errors": %d, "p50": %f, "p95": %f}',
    summary.requests, summary.duration / 1e6, summary.bytes,
    summary.errors.status + summary.errors.timeout + summary.errors.connect + summary.errors.read,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3))
  file:close()
end
