# Everything a user or a developer runs. `make run` and `make test` work from a fresh clone.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := $(shell command -v uv || echo .uv/bin/uv)
BIN := .venv/bin
READY := .venv/.ready
export RASA_TELEMETRY_ENABLED := false
export OMP_NUM_THREADS := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export PYTHONWARNINGS := ignore
# Compiled modules are kept whatever the shell says: the command line and the tests start in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup train model run chat test test-fast lint eval eval-phoatis bench drill transcript check-policy lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

.uv/bin/uv:
	@echo "Bước 1/3  Lấy uv (chỉ lần đầu) · getting uv"
	@$(PYTHON) -m venv .uv || { echo "Cần python3 có venv (Debian: apt install python3-venv), hoặc uv."; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check uv

$(READY): requirements.lock pyproject.toml | $(filter .uv/bin/uv,$(UV))
	@echo "Bước 2/3  Cài môi trường Python 3.11 theo requirements.lock · installing"
	@test -x $(BIN)/python || $(UV) venv --quiet --python 3.11 .venv
	@$(UV) pip sync --quiet --require-hashes requirements.lock
	@$(UV) pip install --quiet --no-deps --editable .
	@touch $@

setup: $(READY)  ## the environment, from the committed lock

train: $(READY)  ## train the model when its data changed; right before and after, refused when worse
	@$(BIN)/khuyencong train --guard

model: $(READY)
	@$(BIN)/khuyencong train

run: $(READY)  ## set up, train when needed, start on http://127.0.0.1:8080
	@KHUYENCONG_SAMPLE_DATA=$${KHUYENCONG_SAMPLE_DATA:-on} $(BIN)/khuyencong serve

chat: $(READY)  ## the same conversation in this terminal
	@KHUYENCONG_SAMPLE_DATA=$${KHUYENCONG_SAMPLE_DATA:-on} $(BIN)/khuyencong chat

lint: $(READY)  ## format, lint, types
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy

test-fast: lint  ## lint and every test that needs no model
	@$(BIN)/pytest -m "not model and not browser and not clients" -n 2

test: lint model  ## everything, as CI runs it
	@$(BIN)/rasa data validate --quiet --data nlu stories --fail-on-warnings
	@$(BIN)/pytest -m "not model and not browser and not clients" -n 2
	@$(BIN)/pytest -m "model or browser or clients"

eval: model  ## measure on the held-out sets, beside the stock pipeline
	@$(BIN)/python -m tests.bench.evaluation

eval-phoatis: $(READY)  ## the same components on PhoATIS: make eval-phoatis PHOATIS=folder
	@$(BIN)/python -m tests.bench.phoatis "$(PHOATIS)"

bench: model  ## speed and memory, beside the stock Rasa shape
	@$(BIN)/python -m tests.bench.stock_and_ours
	@$(BIN)/python -m tests.bench.side_by_side
	@$(BIN)/python -m tests.bench.campaign_speed

drill: model  ## long kill runs; figures go to docs/reliability.md
	@$(BIN)/python -m tests.drill.all

transcript: model  ## take the README's conversation again from a real run
	@$(BIN)/python -m tests.bench.transcript

check-policy: $(READY)  ## every figure, citation and topic
	@$(BIN)/khuyencong policy check

PIN := .uv/bin/uv pip compile --generate-hashes --no-header --no-emit-index-url --python-version 3.11 --quiet

lock: .uv/bin/uv  ## make requirements.lock again from pyproject.toml, and what pins the tests' foreign clients
	@$(PIN) pyproject.toml --group dev --output-file requirements.lock
	@cd tests/peers/clients && for client in *.in; do \
	  ../../../$(PIN) $$client --override left_out.override --output-file $${client%.in}.txt || exit 1; done

clean:  ## models, caches and the local database (not the environment)
	@rm -rf models .cache .rasa .home results .pytest_cache .mypy_cache .ruff_cache
