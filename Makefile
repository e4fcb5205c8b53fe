# Everything that is needed is installed into $(VENV); nothing has to be there but Python 3.11, git and make.
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# what builds the package is pinned too, in the environment that pip makes for it
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: preview build test check lint format types docs bench email-data lock clean

preview: build  ## build the campaigns in campaigns/ and preview them at http://127.0.0.1:$(PORT)
	@$(BIN)/campaigner preview --port $(PORT)

build: $(VENV)/installed  ## build the campaigns in campaigns/
	@$(BIN)/campaigner build

test: $(VENV)/installed-for-tests  ## install what the tests need, and run them
	@$(BIN)/python tools/packages.py
	$(BIN)/python -m pytest -n auto

check: lint format types test  ## what a change must pass

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check src tests tools

format: $(VENV)/installed-for-tests
	$(BIN)/ruff format --check src tests tools

types: $(VENV)/installed-for-tests
	$(BIN)/mypy

docs: $(VENV)/installed-for-tests  ## write the pages of docs/ that are made from the code
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/checks_page.py

bench: $(VENV)/installed-for-tests  ## measure beside Hugo and Pelican; results in docs/benchmarks.md
	$(PIP) install -r tools/bench/requirements.txt
	$(BIN)/python tools/bench/run.py

email-data: $(VENV)/installed  ## fetch anew what mail programs support (wants npm)
	$(BIN)/python tools/email_data.py

lock: $(VENV)/installed-for-tests  ## pin the versions that the tests are known to pass with
	$(BIN)/python tools/lock.py

clean:  ## remove what was built and installed
	rm -rf $(VENV) .campaigner output/site output/mail

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "campaigner needs Python 3.11 or newer; say which with: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed tests/requirements.txt
	$(PIP) install --constraint constraints.txt --requirement tests/requirements.txt
	@touch $@
