# The two commands of a newcomer: `make run` and `make test`. Nothing is set up twice (tools/environment.py).

# The first Python that is new enough; `make run PYTHON=/usr/bin/python3.12` names another.
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
# A folder with labelled questions for `make bench`; benchmarks/README.md tells its form.
DATA ?=
BIN := .venv/bin

.PHONY: help run test check audit bench faults load index setup setup-transformers setup-dev python clean

run: setup ## set up what is missing, build the index where needed, serve the local page
	@$(BIN)/madoguchi serve

test: setup-dev ## set up what is missing, run every test
	$(BIN)/python -m pytest

check: setup-dev ## lint, format, types, tests with coverage, known weaknesses of dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered
	@$(MAKE) --no-print-directory audit

audit: setup-dev ## ask for known weaknesses of the pinned dependencies
	@$(BIN)/python -m tools.audit constraints.txt

bench: setup-dev ## measure speed and memory; with DATA=FOLDER quality too, beside other systems
	$(BIN)/python -m benchmarks.speed
	$(if $(DATA),$(BIN)/python -m benchmarks.retrieval --data $(DATA))

faults: setup-dev ## kill sending processes 200 times on each database, take the platform away in five ways, whole referrals among kills (10 minutes)
	$(BIN)/python -m tests.faults.kill
	$(BIN)/python -m tests.faults.outage
	$(BIN)/python -m tests.faults.referrals

load: setup-dev ## measure acknowledgements and answers of a serving process, and its memory over 20,000 events
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.load --events 20000

index: setup ## build the index ahead and see that it answers
	$(BIN)/madoguchi ask '在留カードをなくしました'

setup: python ## install the program into .venv
	@$(PYTHON) tools/environment.py

setup-transformers: python ## the same with sentence-transformers and PyTorch, for MADOGUCHI_MODEL
	@$(PYTHON) tools/environment.py transformers

setup-dev: python ## all of that with what tests and checks need
	@$(PYTHON) tools/environment.py dev transformers

python:
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	echo 'Python 3.11以上が必要です。場所は make run PYTHON=/usr/bin/python3.12 のように指定できます。' >&2; \
	echo '(Python 3.11 or newer is needed; name it as in: make run PYTHON=/usr/bin/python3.12)' >&2; exit 1; }

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 20

clean: ## remove what was set up and built here (not the library of documents)
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
