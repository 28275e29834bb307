# Everything a newcomer needs; `make help` explains.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/.ready
DEV := .venv/.dev
PEERS := .venv/.peers
SITE := .venv/.site
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.DEFAULT_GOAL := help

help:  ## this list
	@echo "Linewalker: a humanoid robot on a vehicle line."
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## .venv with the pinned packages, vehicle models built, kernels compiled

$(STAMP): requirements.lock pyproject.toml
	@bash scripts/check-python "$(PYTHON)"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@echo "installing pinned packages into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/linewalker prepare
	@touch $(STAMP)

run: setup  ## work through the example shift: three cars, two variants, some with deviations
	@$(BIN)/linewalker run --shift examples/shift.csv --plan examples/plan.yaml --world examples/world.yaml --out out/example

demo: setup  ## watch a robot inspect three cars, in your browser
	@$(BIN)/linewalker demo

$(DEV): requirements-dev.lock $(STAMP)
	@echo "installing what tests and checks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-dev.lock
	@touch $(DEV)

test: $(DEV)  ## the test suite
	@$(BIN)/python -m pytest -n 2 --dist loadfile --max-worker-restart 1 \
	  -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true

check: $(DEV)  ## format, lint, types, floors of the house
	@$(BIN)/ruff format --check src tests examples benchmarks scripts
	@$(BIN)/ruff check src tests examples benchmarks scripts
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(DEV) $(PEERS)  ## the numbers: main job, motion, cost beside other libraries, orders; each with its command
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.inspection
	@$(BIN)/python -m benchmarks.codes
	@$(BIN)/python -m benchmarks.surfaces
	@$(BIN)/python -m benchmarks.motion
	@$(BIN)/python -m benchmarks.factory
	@$(BIN)/python -m benchmarks.factory.records
	@$(BIN)/python -m benchmarks.console
	@$(BIN)/python -m benchmarks.recording
	@$(BIN)/python -m benchmarks.brain.understanding
	@$(BIN)/python -m benchmarks.brain.planning
	@$(BIN)/python -m benchmarks.brain.durations
	@$(BIN)/python -m benchmarks.brain.faults
	@$(BIN)/python -m benchmarks.brain.attacks

$(PEERS): requirements-bench.lock $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-bench.lock \
	  && touch $(PEERS) || echo "the libraries to compare with can not be installed here; their rows will say so"

soak: $(DEV)  ## slow: hours of every robot, shifts with mishaps, a thousand goals, data without sense; one table
	@$(BIN)/python -m benchmarks.soak

docs: setup $(SITE)  ## the documentation as a site that needs no network, in out/site
	@$(BIN)/python scripts/pages.py
	@echo "open out/site/index.html"

$(SITE): requirements-docs.lock $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements-docs.lock
	@touch $(SITE)

pictures: $(DEV)  ## pictures and tables in docs/, made anew
	@$(BIN)/python -m benchmarks.pictures

clean:  ## remove .venv and results
	@rm -rf .venv out

.PHONY: help setup run demo test check bench soak docs pictures clean
