# make demo  a fresh clone: environment, installation, the four plans with their overlaps and gaps
# make bundle  dist/bundle: a folder to install from where there is no internet (docs/offline.md)
# make evaluate  how well the overlaps agree with pairs that two readers judged
# make draft-accuracy  how well drafts agree with what is in the documents
# make test  every test this machine can run; the others say what they miss
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
.DEFAULT_GOAL := demo
.PHONY: demo test check bench bundle evaluate draft-accuracy clean

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/.installed
	@$(BIN)/welfaregraph
	@echo
	@$(BIN)/welfaregraph overlaps --limit 10
	@echo
	@$(BIN)/welfaregraph gaps --limit 12

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q -ra -n auto --maxprocesses 4 --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff check --preview --select PLW1514 .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/welfaregraph fmt --check
	$(BIN)/python docs/generate.py --check

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

bundle: $(VENV)/.dev
	$(BIN)/python .ci/bundle/make.py dist/bundle

evaluate: $(VENV)/.dev
	$(BIN)/python benchmarks/evaluate.py

draft-accuracy: $(VENV)/.dev
	$(BIN)/python benchmarks/draft_accuracy.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache
