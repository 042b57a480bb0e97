# `make run` and `make test` need nothing but Python 3.11 or newer and make.

PORT ?= 8000
ARGS ?=
KIT ?= ../shared/kit
BIN := .venv/bin
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(p))))
TRIAL := DEBUG=1 DATABASE_URL=sqlite:///$(CURDIR)/var/alsinfo.sqlite3 OWNER_DATABASE_URL= \
	SITE_URL=http://127.0.0.1:$(PORT) DJANGO_RUNSERVER_HIDE_WARNING=true
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.PHONY: help run test check nightly docs pictures look bench mutate-guards clean
.DELETE_ON_ERROR:

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: .venv/site ## the site with demonstration content at http://127.0.0.1:8000/ (PORT=9000 for another)
	@mkdir -p var
	@$(TRIAL) $(BIN)/python manage.py migrate --verbosity 0
	@$(TRIAL) $(BIN)/python manage.py load_demo
	@echo "Serving http://127.0.0.1:$(PORT)/ (Ctrl-C stops it; the data stays in var/)"
	@$(TRIAL) $(BIN)/python manage.py runserver --noreload --skip-checks 127.0.0.1:$(PORT)

test: .venv/tests ## everything: tests on SQLite and PostgreSQL, in the browser, lint, types, layers
	@$(BIN)/python -m tests.suite all $(ARGS)

check: .venv/tests ## lint, types, layers, migrations, house rules: seconds
	@$(BIN)/python -m tests.suite checks

nightly: .venv/tests ## the tests with far more random walks (500 of 50 steps), and pages looked at in every width and colour scheme
	@ALSINFO_EVERY_WAY=1 $(BIN)/python -m tests.suite all --hypothesis-profile=nightly $(ARGS)

docs: .venv/tests ## write the lists of docs/reference that the code knows best
	@$(TRIAL) $(BIN)/python manage.py shell -v 0 -c "from tests import reference; reference.write()"

pictures: .venv/tests ## take the pictures of the documentation anew
	@$(BIN)/python -m tests.pictures

look: .venv/tests ## every kind of public page as outsiders see it: answers, sizes, and the checkers in KIT=../shared/kit where they are
	@$(BIN)/python -m tests.look $(KIT)

bench: .venv/tests ## differences; 60,000 retractions read; 50,000 references imported; the admin at 10,000 articles; the finder; a change on 1,000 pages; the article page beside a bare view
	@$(BIN)/python -m tests.benchmarks.differences
	@$(TRIAL) $(BIN)/python manage.py shell -v 0 -c "from tests.benchmarks import retractions; retractions.main()"
	@$(BIN)/python -m tests.benchmarks.references
	@DEBUG=1 $(BIN)/python tests/postgresql.py sh -c "$(BIN)/python manage.py migrate -v0 && \
		$(BIN)/python manage.py shell -v 0 -c 'from tests.benchmarks import office; office.main()'"
	@DEBUG=1 $(BIN)/python tests/postgresql.py $(BIN)/python manage.py shell -v 0 -c "from tests.benchmarks import finder; finder.main()"
	@DEBUG=1 $(BIN)/python tests/postgresql.py $(BIN)/python manage.py shell -v 0 -c \
		"from tests.benchmarks import changed_organisation; changed_organisation.main()"
	@$(BIN)/python tests/postgresql.py $(BIN)/python -m tests.benchmarks $(ARGS)

mutate-guards: .venv/tests ## remove each constraint and trigger in turn and show the test that fails
	@$(BIN)/python -m tests.mutate_guards $(ARGS)

clean: ## remove what was installed and cached; the data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov staticfiles
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "alsinfo needs Python 3.11 or newer; found: $$(python3 --version 2>&1)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing (Debian, Ubuntu: apt-get install python3-venv)"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/site: requirements.txt | $(BIN)/python
	@echo "Installing $< …"
	@$(PIP) -r $<
	@touch $@

.venv/tests: requirements-dev.txt .venv/site
	@echo "Installing $< …"
	@$(PIP) -r $<
	@touch $@
