# `make site` builds the site into site/, `make test` runs the tests; both set up all they need.
# `make help` lists the rest.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help site serve test check format golden screenshots lock clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

site: .venv/site-ready ## build the site of content/ into site/
	$(BIN)/authorpages build

serve: .venv/site-ready ## show the site here and rebuild it on each change
	$(BIN)/authorpages serve

test: .venv/dev-ready ## run all tests, in a real browser and with other readers of BibTeX
	scripts/install-chromium
	scripts/install-readers
	scripts/install-browser-tools $(BIN)/python
	$(BIN)/python -m pytest

check: .venv/dev-ready ## style, types and the direction of imports
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev-ready ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

golden: .venv/dev-ready ## accept the golden site as it is generated now, after reading the difference
	$(BIN)/python -m pytest tests/test_golden.py --update-golden
	git diff --stat -- tests/golden

screenshots: .venv/dev-ready ## picture every kind of page, both themes, phone and desktop
	scripts/install-chromium
	$(BIN)/authorpages build --quiet
	$(BIN)/python scripts/screenshots.py site build/screenshots

lock: ## pin the newest versions that fit pyproject.toml, with their hashes (needs uv)
	uv pip compile $(LOCK_OPTIONS) --extra install -o requirements.lock pyproject.toml
	uv pip compile $(LOCK_OPTIONS) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

LOCK_OPTIONS := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --upgrade

clean: ## remove everything that was made here
	rm -rf .venv build site dist tests/browser/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/python-ready:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/site-ready: .venv/python-ready requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev-ready: .venv/site-ready requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
