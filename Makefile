# Everything runs in an environment of its own, .venv, made from the lock files: requirements.lock is what serving and
# building need, requirements-test.lock the same and what `make test` and `make check` need besides.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/sh
# A process of tests for each core, each with a whole file at a time: what a file builds for its tests is built once.
BESIDE_EACH_OTHER := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PINNED := --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --universal \
	pyproject.toml build-requirements.in
# Hundreds of processes read the same modules: each would compile them again.
unexport PYTHONDONTWRITEBYTECODE
SCRIPTS := tools/javascript

.PHONY: help serve build test test-fast test-looks test-apart check scripts snapshots publish lock clean

help: ## show what there is to make
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

serve: .venv/ready ## build the whole portal and serve it on http://127.0.0.1:8000
	@echo "Building the portal and serving it; Ctrl+C ends it."
	$(BIN)/portal serve $(if $(PORT),--port $(PORT))

build: .venv/ready ## build the whole portal into output/
	$(BIN)/portal build

test: .venv/tests ## run the tests (they need chromium, node, npm and java)
	@echo "Running the tests."
	$(BIN)/python -m pytest $(or $(TESTS),$(BESIDE_EACH_OTHER))

test-fast: .venv/tests ## run the tests that need a minute and nothing but Python
	@echo "Running the tests that build nothing and start nothing."
	$(BIN)/python -m pytest $(BESIDE_EACH_OTHER) -m "not heavy" $(TESTS)

test-looks: .venv/tests ## weigh pages with Lighthouse, and compare how they look with snapshots
	@echo "Weighing pages and comparing how they look."
	$(BIN)/python -m pytest -m looks tests/demo

test-apart: .venv/tests ## build on a cluster of two workers, and beside Hugo
	@echo "Building on a cluster, and beside Hugo."
	$(BIN)/python -m pytest -m apart tests/builder tests/tools

check: .venv/tests ## style, types, imports and content, without building for show (the scripts where there is node)
	@echo "Checking style, types, imports and content."
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/portal check
	@if command -v node >/dev/null && command -v npm >/dev/null; then $(MAKE) --no-print-directory scripts; else \
		echo "The scripts were not checked: node and npm are missing. This mends it: sudo apt install nodejs npm"; fi

scripts: $(SCRIPTS)/node_modules/ready ## types and style of the theme's JavaScript (they need node and npm)
	@echo "Checking the scripts."
	$(SCRIPTS)/node_modules/.bin/tsc --project $(SCRIPTS)
	$(SCRIPTS)/node_modules/.bin/eslint --config $(SCRIPTS)/eslint.config.mjs --max-warnings 0 theme plugins tests tools

snapshots: .venv/tests ## take the small pictures anew that tests compare pages with (they need chromium)
	@echo "Taking snapshots of pages, for tests/demo/snapshots/pictures/."
	$(BIN)/python -m tests.demo.snapshots

publish: .venv/ready ## build the portal for the public into public/
	@echo "Building the portal for the public."
	$(BIN)/portal publish

lock: .venv/ready ## pin the dependencies of pyproject.toml anew, with hashes
	@echo "Pinning the dependencies into requirements.lock and requirements-test.lock."
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile $(PINNED) --output-file requirements.lock
	$(BIN)/uv pip compile $(PINNED) --extra test --constraint requirements.lock --output-file requirements-test.lock

clean: ## remove the environment and everything that was built
	@echo "Removing .venv, build, output and public."
	rm -rf .venv $(SCRIPTS)/node_modules build output output.releases public public.releases *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Try: make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "python3-venv is missing. This mends it: sudo apt install python3-venv"; exit 2; }
	@echo "Making the environment .venv (once; a minute or two)."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/tests: .venv/ready requirements-test.lock
	@echo "Adding what the tests need to .venv (once; a minute)."
	@# Modules are compiled as they are needed: most of what a browser's driver or a type checker brings never is.
	@$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(SCRIPTS)/node_modules/ready: $(SCRIPTS)/package.json $(SCRIPTS)/package-lock.json
	@command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "node and npm are missing. This mends it: sudo apt install nodejs npm"; exit 2; }
	@echo "Installing what checks the scripts (once)."
	@cd $(SCRIPTS) && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@
