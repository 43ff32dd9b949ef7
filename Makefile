# Two commands do everything: `make run` serves the site, `make test` passes the tests.
# Both need only Python 3.11 or newer; everything they make stays in .venv/, var/ and staticfiles/.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
PACK ?= fixtures/san-diego-imperial

export LOCAL ?= 1
export SITE_URL ?= http://localhost:$(PORT)
BIN := .venv/bin
MO := pathways/locale/es/LC_MESSAGES/django.mo

.PHONY: run test lint format lock messages shell clean

run: .venv/.run var/.loaded staticfiles/.made $(MO)
	@echo
	@echo "  The program finder is at http://localhost:$(PORT)/ (Ctrl+C stops it)."
	@echo
	@trap 'kill $$worker 2>/dev/null' EXIT; $(BIN)/python manage.py work & worker=$$!; \
	$(BIN)/gunicorn pathways.wsgi -w $(WORKERS) --threads 4 -b 127.0.0.1:$(PORT) --log-level warning

test: .venv/.test $(MO)
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/hadolint Dockerfile

format: .venv/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Pins and hashes, for every Python and platform we support.
lock: .venv/.test
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements.txt -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.txt -o requirements-dev.lock


# After a change of words: collects them; then a person translates pathways/locale/es/LC_MESSAGES/django.po.
messages: .venv/.test
	@mkdir -p var
	$(BIN)/python -m babel.messages.frontend -q extract -F babel.cfg -k gettext_lazy -k ngettext_lazy:1,2 -k gettext_noop --no-wrap --add-location=file -o var/django.pot .
	$(BIN)/pybabel -q update -D django -i var/django.pot -d pathways/locale -l es --no-wrap --no-fuzzy-matching --ignore-obsolete

clean:
	rm -rf .venv var staticfiles $(MO)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.run: requirements.lock | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.test: requirements-dev.lock | .venv/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ .venv/.run

$(MO): pathways/locale/es/LC_MESSAGES/django.po | .venv/bin/python
	$(BIN)/pybabel -q compile -D django -d pathways/locale

# Loaded again only when the pack or the migrations have changed, so that local edits survive a restart.
var/.loaded: .venv/.run $(wildcard $(PACK)/*) $(wildcard */migrations/*.py)
	@mkdir -p var
	$(BIN)/python manage.py migrate -v 0
	$(BIN)/python manage.py load_region $(PACK)
	$(BIN)/python manage.py rebuild_index
	@touch $@

staticfiles/.made: .venv/.run $(shell find static -type f 2>/dev/null)
	$(BIN)/python manage.py collectstatic --noinput -v 0
	@touch $@
