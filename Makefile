# Every target sets up what it needs in .venv; PYTHON=python3.12 chooses the interpreter.
SHELL := /bin/bash
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal
# Many tests start the command, which starts twice as fast from compiled modules.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo workbench test test-all test-long search fuzz lint bench fresh clean

help: ## print these lines
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## make .venv, or bring it up to date
	@tools/setup_env.sh

demo: setup ## rate the 2013 sheet of MIC policy 15, with the whole derivation
	@$(BIN)/hyotei rate cases/mic-24-15/sheet.yaml --why

workbench: setup ## the workbench in the browser, with accounts to try it; Ctrl+C ends it and all it holds
	@$(BIN)/hyotei serve --demo

test: setup ## the fast tests, a few minutes
	$(PYTEST) -m "not slow" --hypothesis-profile=default

test-all: ## what test leaves out, half an hour: the slow tests, with the shared suite over 5,000 drawn examples
	@tools/setup_env.sh --spark
	@tools/setup_env.sh --schemathesis
	$(PYTEST) -m "slow and not long" --hypothesis-profile=thorough

test-long: ## hours: the slow tests with the shared suite over 20,000 drawn examples, 500 rulebooks proved and tried with 2,000 sheets each, 1,000 kills of commands and of the workbench, each library missing
	@tools/setup_env.sh --spark
	@tools/setup_env.sh --schemathesis
	HYOTEI_EXAMPLES=2000 $(PYTEST) -m slow --hypothesis-profile=thorough

search: setup ## the fast tests with new drawn examples, other ones each time: looks for what no run has seen yet
	HYOTEI_SEARCH=1 $(PYTEST) -m "not slow" --hypothesis-profile=wide

fuzz: setup ## damaged documents for every reader, half an hour more of a million; goes on where the run before stopped (.fuzz/state.json)
	mkdir -p .fuzz
	PYTHONPATH=engine:. .venv/bin/python -W ignore -m tests.readers.fuzzing --count 1000000 --minutes 30 --state .fuzz/state.json --keep .fuzz

lint: setup ## style, format, types, direction of imports, wording only in the catalogue, figures named only in their table
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/check_wording.py
	$(BIN)/python tools/check_figure_names.py

bench: setup ## the measurements that benchmarks/README.md reports
	$(BIN)/python benchmarks/run.py

fresh: ## clone what is committed into a temporary folder and run demo and test there
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && git clone --quiet . "$$folder/hyotei" && $(MAKE) -C "$$folder/hyotei" demo test

clean: ## remove .venv and everything that tools leave behind
	rm -rf .venv .venv-schemathesis build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
