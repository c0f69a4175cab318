# make build, make test, make test DUCKDB=2.0.0, make test-trainers, make clean; make help says what each does.

PYTHON ?= python3
# Another version of DuckDB than the locked one, for `make test` in an environment of its own.
DUCKDB ?=

VENV := .venv$(if $(DUCKDB),-duckdb-$(DUCKDB))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

# dbt's own warnings fail a test run; tests of severity warn may warn, as their models do by var.
WARNINGS := {"error": "all", "warn": ["LogTestResult", "JinjaLogWarning", "RunResultWarning", "RunResultWarningMessage"]}

.PHONY: build test test-trainers clean help

help:
	@echo "make build              set up .venv and build zebra.duckdb (dbt build)"
	@echo "make test               set up .venv and run every test, on databases of their own"
	@echo "make test DUCKDB=2.0.0  the same with another DuckDB, in .venv-duckdb-2.0.0"
	@echo "make test-trainers      real trainers read the exports, in .venv-trainers (installs PyTorch)"
	@echo "make clean              remove what dbt and the tests wrote; environments and data stay"

build: $(VENV)/.installed
	@$(BIN)/dbt build
	@echo "Built zebra.duckdb. Look at it with $(BIN)/zebra tables."

test: $(VENV)/.installed-test
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	ZEBRA_DATABASE="$$scratch/zebra.duckdb" $(BIN)/dbt --no-use-colors build --selector everything \
	    --target-path "$$scratch/target" --log-path "$$scratch/logs" \
	    --warn-error-options '$(WARNINGS)' && \
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest && \
	echo "make test: dbt build and pytest passed on DuckDB" \
	    "$$($(BIN)/python -c 'import duckdb; print(duckdb.__version__)')."

$(VENV)/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install -r requirements.lock
	@$(if $(DUCKDB),$(PIP) install duckdb==$(DUCKDB))
	@# Without isolation the locked setuptools builds it, and nothing else is fetched.
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements-test.lock
	@$(PIP) install -r requirements-test.lock
	@touch $@

test-trainers: .venv-trainers/.installed
	@PATH="$(CURDIR)/.venv-trainers/bin:$$PATH" .venv-trainers/bin/python -m pytest cli/trainers -o addopts=-ra

# PyTorch first: with it there, nothing else asks for another build of it.
.venv-trainers/.installed: requirements.lock requirements-trainers.lock pyproject.toml
	@test -x .venv-trainers/bin/python || $(PYTHON) -m venv .venv-trainers
	@.venv-trainers/bin/python -m pip install -qq --disable-pip-version-check \
	    "$$(grep '^torch==' requirements-trainers.lock)"
	@.venv-trainers/bin/python -m pip install -qq --disable-pip-version-check \
	    -r requirements.lock -r requirements-trainers.lock
	@.venv-trainers/bin/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf target logs .pytest_cache .hypothesis cli/*.egg-info
	find cli tests -name __pycache__ -type d -prune -exec rm -rf {} +
