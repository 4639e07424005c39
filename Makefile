# Everything a person runs from here; `make` alone lists it.

SHELL := /bin/sh
BIN := .venv/bin
PORT ?= 8501
SCALE ?= county
OUT ?= var/papers
# What has messages for people: the rooms and the server.
SPEAKING = $(filter-out tests bench,$(patsubst %/__init__.py,%,$(wildcard */__init__.py))) \
	$(wildcard dashboard.py)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHON

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run demo test test-fast lint types bench screenshots papers audit licences access messages templates light clean

help: ## List what can be done here
	@echo "make run is the way in. All of them:"
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile \
		| awk -F '|' '{ printf "%-18s %s\n", $$1, $$2 }'

run: .venv/.run ## Open the dashboard on this machine, at first with demo data (PORT=8501)
	@var="$$($(BIN)/python -c 'from base.settings import settings; print(settings().var)')" \
		&& { test -e "$$var/village.duckdb" || $(BIN)/python -m etl demo; }
	@$(BIN)/streamlit run dashboard.py --server.port $(PORT)

demo: .venv/.run ## Make the demo data (SCALE=county, province or nation)
	@$(BIN)/python -m etl demo --scale $(SCALE)

test: .venv/.dev ## Check and test everything, in a real browser too
	@scripts/browser.sh
	@$(MAKE) --no-print-directory lint types
	@$(BIN)/pytest -n 2 --dist loadgroup

test-fast: .venv/.dev ## Run the tests that need no browser
	@$(BIN)/pytest -n 2 --dist loadgroup -m "not browser"

lint: .venv/.dev ## Check style, formatting, floors and SQL
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/sqlfluff lint queries store etl/sql accounts/sql

types: .venv/.dev ## Check the types
	@$(BIN)/mypy

bench: .venv/.dev ## Measure against peers; the ratios go to bench/results.json
	@$(BIN)/python -m bench

screenshots: .venv/.dev ## Open every page in a real browser and keep its picture
	@scripts/browser.sh
	@KEEP_SCREENSHOTS=1 $(BIN)/pytest -m browser

papers: .venv/.run ## Make the papers of the last meeting, and pictures of them (OUT=var/papers)
	@scripts/papers.sh $(OUT)

audit: .venv/.dev ## Ask whether anything is known against what is pinned (needs the network)
	@scripts/audit.sh

licences: .venv/.dev ## List what the dashboard runs on, with licences (docs/licences.md)
	@$(BIN)/python -m tests.licences

access: .venv/.dev ## Write the table of who may ask for what (docs/access.md)
	@$(BIN)/python -m tests.web.access

messages: .venv/.run ## Bring the English catalogue up to date with the code
	@mkdir -p var data/locale/en
	@$(BIN)/pybabel --quiet extract --keyword mark --no-wrap --sort-by-file \
		--output-file var/messages.pot $(SPEAKING)
	@$(BIN)/pybabel --quiet update --locale en --init-missing --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--input-file var/messages.pot --output-file data/locale/en/messages.po

templates: .venv/.run ## Write the blank papers of data/templates anew
	@$(BIN)/python -m etl.templates

light: .venv/.run ## Compute anew what light a clear sky brings (data/geo/expected_light.csv)
	@$(BIN)/python -m etl.maps.light

clean: ## Remove .venv and all caches; data in var/ stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/pip:
	@scripts/venv.sh

.venv/.run: requirements.txt | $(BIN)/pip
	@echo "Installing what the dashboard runs on (a minute or two) ..."
	@$(BIN)/python -m pip install -qq -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -qq -r requirements-dev.txt
	@touch $@
