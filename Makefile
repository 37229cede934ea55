# Two commands for a newcomer: `make demo` and `make test`. Each makes .venv when it is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo train test lint bench crash messages screenshots

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt $(wildcard locales/*/LC_MESSAGES/hub.po)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: setup
	$(BIN)/python -m bot demo

train: setup
	$(BIN)/python -m bot train

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.support.catalogues

# One row: make bench ARGS="--only intake"; keep the figures in docs/performance.md: make bench ARGS=--write
bench: setup
	$(BIN)/python -m tests.bench $(ARGS)

messages: setup
	$(BIN)/python -m tests.support.catalogues --update
	$(BIN)/pybabel compile --domain hub --directory locales

# Debian: apt-get install chromium fonts-noto-color-emoji
screenshots: setup
	$(BIN)/python -m tests.support.screenshots

# Both databases, some ten minutes each: docs/reliability.md
crash: setup
	$(BIN)/python -m tests.crash.run --database sqlite
	$(BIN)/python -m tests.crash.run --database postgresql
