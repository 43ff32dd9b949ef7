"""Asks the site for pages that the reader already has, and another server for its pages beside it.

    python -m tests.benchmarks.repeat_visits product-5000.json --beside beside.txt

starts the site as product-N.json says (see load_synthetic.py), asks once for each page, and then again
and again with If-None-Match: every answer must be 304. `beside.txt` lists addresses of one other
server that is already running, one a line. Rounds alternate, and wrk is the client. Linux only.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

SCRIPT = Path(__file__).with_name("requests.lua")
CONNECTIONS = 8


def main():
    options = read_options()
    described = json.loads(options.product.read_text())
    server, origin = described["server"], f"http://127.0.0.1:{described['server']['port']}"
    process = subprocess.Popen(server["cmd"], cwd=server["cwd"], env=os.environ | server["env"])
    try:
        wait_for(origin)
        targets = {"304": (origin, with_tags(origin, described["targets"]["search: product"]))}
        if options.beside:
            targets["beside"] = beside(options.beside.read_text().split())
        measure(targets, options)
    finally:
        process.terminate()
        process.wait(20)


def read_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("product", type=Path)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--secs", type=int, default=4)
    return parser.parse_args()


def wait_for(origin):
    for _ in range(300):
        try:
            return urlopen(f"{origin}/healthz", timeout=60).close()
        except URLError:
            time.sleep(0.2)
    raise SystemExit(f"{origin} did not start")


def with_tags(origin, target):
    """["path<TAB>ETag"], once it is certain that the second answer is 304."""
    lines = []
    for path in target["paths"]:
        with urlopen(origin + path, timeout=60) as response:
            tag = response.headers["ETag"]
        lines.append(f"{path}\t{tag}")
    try:
        urlopen(Request(origin + path, headers={"If-None-Match": tag}), timeout=60)
    except HTTPError as error:
        if error.code == 304:
            return lines
    raise SystemExit("The page was sent a second time")


def beside(addresses):
    parts = [urlsplit(address) for address in addresses]
    return f"http://{parts[0].netloc}", [f"{part.path}?{part.query}" for part in parts]


def measure(targets, options):
    rates = {name: [] for name in targets}
    for _ in range(options.rounds):
        for name, (origin, lines) in targets.items():
            answer = wrk(origin, lines, options.secs)
            rates[name].append(answer["requests"] / answer["seconds"])
            print(f"{name:8}{rates[name][-1]:8.0f}/s  p50 {answer['p50']:.2f} ms  ", end="")
            print(f"p95 {answer['p95']:.2f} ms  errors {answer['errors']}", flush=True)
    print({name: round(median(found), 1) for name, found in rates.items()})


def wrk(origin, lines, secs):
    """What requests.lua wrote about one run."""
    with tempfile.TemporaryDirectory() as folder:
        pages, result = Path(folder, "pages"), Path(folder, "result")
        pages.write_text("\n".join(lines))
        subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{secs}s", "-s", SCRIPT, origin],
            env=os.environ | {"WRK_PAGES": str(pages), "WRK_RESULT": str(result)},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return json.loads(result.read_text())


if __name__ == "__main__":
    main()
