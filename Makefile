# Every target works from a bare clone; the first run installs what it needs into .venv and .tools, later runs reuse it.
SHELL := /bin/sh
.SHELLFLAGS := -ec
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= python3
WORKERS ?= 2
ARGS ?=

BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
LOCK := .tools/lock
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(LOCK)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: help render test check bench bench-slo golden fix lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

render: $(RUNTIME) ## compile catalog/ into output/ and print what was written
	@$(BIN)/tocsin render

test: $(DEV) ## get Prometheus' tools, then run the whole suite (ARGS="-k word" picks tests)
	@$(BIN)/python -m generators.toolchain ensure --servers $(if $(CI),--every-line)
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(DEV) ## lint, types, import contracts, and that output/ is what the catalog says
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict generators tests
	$(BIN)/lint-imports
	$(BIN)/tocsin render --check

bench: $(DEV) ## measure, beside what the figures are compared to
	@$(BIN)/python -m tests.bench $(ARGS)

bench-slo: $(DEV) ## measure the SLO rules in a real Prometheus, beside sloth's and pyrra's (ARGS=--quick)
	@$(BIN)/python -m tests.bench.slo $(ARGS)

golden: $(DEV) ## write the golden files anew, then prove that they hold
	@$(BIN)/python -m tests.emit.grafana.golden
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q -k golden
	@$(BIN)/python -m pytest -q -k golden

fix: $(DEV) ## mend what the linter and the formatter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(LOCK)/.stamp ## resolve requirements/*.txt anew from pyproject.toml (ARGS=--upgrade for newer releases)
	$(COMPILE) $(ARGS) --build-deps-for=editable --output-file=requirements/runtime.txt pyproject.toml
	$(COMPILE) $(ARGS) --build-deps-for=editable --extra=dev --constraint=requirements/runtime.txt \
		--output-file=requirements/dev.txt pyproject.toml

clean: ## remove what was installed and cached; output/ stays
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tocsin needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv

# The build backend is in the lock files, so installing the project itself fetches nothing.
define install
	$(PIP) install --require-hashes --requirement=$<
	$(PIP) install --no-deps --no-build-isolation --editable=.
	@touch $(RUNTIME) $@
endef

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(install)

$(DEV): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(install)

$(LOCK)/.stamp:
	$(PYTHON) -m venv $(LOCK)
	$(LOCK)/bin/python -m pip --disable-pip-version-check --quiet install pip-tools==7.6.2
	@touch $@
