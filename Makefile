# `make run` opens the market, `make test` checks it; the README says more.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: run test check bench words requirements clean

run: .venv/run          ## the service with the demonstration market on http://localhost:8000
	$(BIN)/flask demo --if-empty
	$(BIN)/flask serve

test: .venv/dev         ## every test, on SQLite and PostgreSQL, in a browser where there is one
	$(BIN)/pytest -n auto

check: .venv/dev        ## lint, format, types, templates, translations, requirements
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/pytest -n 0 tests/test_words.py tests/test_architecture.py tests/test_requirements.py

bench: .venv/dev        ## ratios measured in one run
	$(BIN)/python -m bench

words: .venv/dev        ## bring the catalogues up to date with code and templates
	$(BIN)/python -m app.words

requirements: .venv/dev ## pin what pyproject.toml asks for, with hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header -c requirements.txt --group dev -o requirements-dev.txt

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

.venv/dev: .venv/run requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

clean:                  ## forget the environment (the data stays)
	rm -rf .venv
