# make help says what each target does.

PYTHON ?= python3
# Another version of DuckDB than the locked one, for `make test` in an environment of its own.
DUCKDB ?=

VENV := .venv$(if $(DUCKDB),-duckdb-$(DUCKDB))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

.PHONY: build lint lint-python lint-sql lint-yaml test test-trainers test-report test-remote \
    test-spark docs clean help

help:
	@echo "make build              set up .venv and build zebra.duckdb (dbt build)"
	@echo "make lint               look at the form of Python, SQL and YAML, in .venv-lint"
	@echo "make test               set up .venv and run every test, on databases of their own"
	@echo "make test DUCKDB=2.0.0  the same with another DuckDB, in .venv-duckdb-2.0.0"
	@echo "make test-trainers      real trainers read the exports, in .venv-trainers (installs PyTorch)"
	@echo "make test-report        a browser opens the report page, in .venv-report (wants Chromium)"
	@echo "make test-remote        pools on a web server, in S3, on the hub: all on loopback, in .venv-remote"
	@echo "make test-spark         Spark builds what DuckDB builds, in .venv-spark (wants Java)"
	@echo "make docs               write docs.html: every relation and column, explained"
	@echo "make clean              remove what dbt and the tests wrote; environments and data stay"

build: $(VENV)/.installed
	@$(BIN)/dbt build
	@echo "Built zebra.duckdb. Look at it with $(BIN)/zebra tables."

lint: lint-python lint-sql lint-yaml
	@echo "make lint: ruff, sqlfluff and yamllint found nothing."

lint-python: .venv-lint/.installed
	@.venv-lint/bin/ruff check --quiet .
	@.venv-lint/bin/ruff format --quiet --diff .

lint-sql: .venv-lint/.installed
	@.venv-lint/bin/sqlfluff lint --nocolor --disable-progress-bar models tests > .venv-lint/found \
	    || { cat .venv-lint/found; exit 1; }

lint-yaml: .venv-lint/.installed
	@.venv-lint/bin/yamllint --strict .

.venv-lint/.installed: requirements-lint.lock
	@test -x .venv-lint/bin/python || $(PYTHON) -m venv .venv-lint
	@.venv-lint/bin/python -m pip install -qq --disable-pip-version-check \
	    -r requirements-lint.lock
	@touch $@

# `dbt build --selector everything` is the first of pytest's tests.
test: $(VENV)/.installed-test
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest && \
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

# Chromium is a package of the system, installed where that is allowed; without it the tests that
# need it are skipped and say so.
test-report: .venv-report/.installed
	@command -v chromium > /dev/null || { test "$$(id -u)" = 0 && command -v apt-get > /dev/null && \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y chromium; \
	    } > /dev/null || true
	@PATH="$(CURDIR)/.venv-report/bin:$$PATH" .venv-report/bin/python -m pytest cli/browser -o addopts=-ra

REPORT_LOCKS := requirements.lock requirements-test.lock requirements-report.lock requirements-report-test.lock

.venv-report/.installed: $(REPORT_LOCKS) pyproject.toml
	@test -x .venv-report/bin/python || $(PYTHON) -m venv .venv-report
	@.venv-report/bin/python -m pip install -qq --disable-pip-version-check \
	    $(addprefix -r ,$(REPORT_LOCKS))
	@.venv-report/bin/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $@

test-remote: .venv-remote/.installed
	@PATH="$(CURDIR)/.venv-remote/bin:$$PATH" .venv-remote/bin/python -m pytest \
	    tests/python/test_remote_pools.py

# httpfs goes with one version of DuckDB, which takes the place of the locked one.
.venv-remote/.installed: requirements.lock requirements-test.lock requirements-remote.lock pyproject.toml
	@test -x .venv-remote/bin/python || $(PYTHON) -m venv .venv-remote
	@for lock in requirements.lock requirements-test.lock requirements-remote.lock; do \
	    .venv-remote/bin/python -m pip install -qq --disable-pip-version-check -r $$lock || exit 1; \
	done
	@.venv-remote/bin/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $@

# Java is a package of the system, as Chromium is.
test-spark: .venv-spark/.installed
	@command -v java > /dev/null || { test "$$(id -u)" = 0 && command -v apt-get > /dev/null && \
	    apt-get -qq update && \
	    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y default-jre-headless; \
	    } > /dev/null || true
	@PATH="$(CURDIR)/.venv-spark/bin:$$PATH" .venv-spark/bin/python -m pytest tests/spark -o addopts=-ra

.venv-spark/.installed: requirements.lock requirements-test.lock requirements-spark.lock pyproject.toml
	@test -x .venv-spark/bin/python || $(PYTHON) -m venv .venv-spark
	@for lock in requirements.lock requirements-test.lock requirements-spark.lock; do \
	    .venv-spark/bin/python -m pip install -qq --disable-pip-version-check -r $$lock || exit 1; \
	done
	@.venv-spark/bin/python -m pip install -qq --disable-pip-version-check \
	    --no-deps --no-build-isolation --editable .
	@touch $@

# Of the sample, in a database of its own: what relations are does not depend on the pool.
docs: $(VENV)/.installed
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	export ZEBRA_DATABASE="$$scratch/zebra.duckdb" DBT_TARGET_PATH="$$scratch" DBT_LOG_PATH="$$scratch" && \
	$(BIN)/dbt -q build --exclude-resource-type test --exclude-resource-type unit_test && \
	$(BIN)/dbt -q docs generate --static && \
	mv "$$scratch/static_index.html" docs.html && echo "Wrote docs.html: open it in a browser."

clean:
	rm -rf target logs .pytest_cache .hypothesis cli/*.egg-info
	find cli tests -name __pycache__ -type d -prune -exec rm -rf {} +
