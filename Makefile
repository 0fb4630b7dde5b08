# make help lists the targets. Only Python 3.11 or newer and make have to be there.
.DEFAULT_GOAL := help
.PHONY: help up demo test test-browser test-containers check chaos chaos-clusters soak fuzz bench profile lock clean

BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "make %-14s %s\n", $$1, $$2}'

up: .venv/.embedded ## start everything on this machine (ARGS="--data DIR --port 0")
	@$(BIN)/ccms up $(ARGS)

demo: .venv/.embedded ## one week of an invented company, told in the terminal (ARGS="--speed 2 --language en")
	@$(BIN)/ccms demo --data data/demo --port 0 $(ARGS)

test: .venv/.dev ## every test that needs no browser and no Docker engine (ARGS="-k name")
	$(PYTEST) -n $(WORKERS) --dist worksteal --ignore tests/browser -m "not containers and not chaos" $(ARGS)

test-browser: .venv/.browser ## the tests that drive a Chromium browser
	$(PYTEST) tests/browser $(ARGS)

test-containers: .venv/.dev ## the tests on servers in containers, and docker-compose.yml (ARGS="-k admission")
	@if docker info >/dev/null 2>&1; then $(PYTEST) tests/containers $(ARGS); else \
		echo "left out: no Docker engine answers here (docker info)"; fi

check: .venv/.dev ## format, lint, types, imports, dead code, dependencies, sizes
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/vulture
	$(BIN)/deptry .
	$(PYTEST) tests/architecture -q

chaos: .venv/.dev ## random kills under load, then the check (ARGS="--seed 7 --kills 1000 --minutes 150")
	@$(BIN)/python -m tests.chaos $(ARGS)

chaos-clusters: .venv/.dev ## nodes killed and paused, networks cut, disks full (ARGS="-m 'chaos and not nightly'")
	$(PYTEST) tests/chaos/clusters -m chaos -p no:logging -raP $(ARGS)

soak: .venv/.dev ## twenty minutes at half speed: nothing grows, nothing stays (ARGS="--minutes 5 --rate 50")
	@$(BIN)/python -m tests.chaos.soak $(ARGS)

fuzz: .venv/.dev ## 12,000 requests, records and files that nobody expects (ARGS="--seed 7 --cases 3000")
	@$(BIN)/python -m tests.fuzz $(ARGS)

bench: .venv/.dev ## the benchmarks (ARGS="--only NAME")
	$(BIN)/python -m bench $(ARGS)

profile: .venv/.dev ## where a service's time goes under load: flame graph and table in build/ (ARGS="--service alerts")
	@$(BIN)/python -m bench.profiling $(ARGS)

# browser.txt holds everything; the smaller sets follow its versions.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock"
lock: .venv/.dev ## newest allowed versions into requirements/*.txt and deploy/local/jars.lock
	$(BIN)/python -m pip install --quiet --upgrade uv
	$(COMPILE) --upgrade --all-extras -o requirements/browser.txt
	$(COMPILE) --upgrade -c requirements/browser.txt --extra build --extra embedded --extra dev -o requirements/dev.txt
	$(COMPILE) --upgrade -c requirements/browser.txt --extra build --extra embedded -o requirements/embedded.txt
	$(COMPILE) --upgrade -c requirements/browser.txt -o requirements/run.txt
	printf 'jgo\nsetuptools\n' | $(subst pyproject.toml,-,$(COMPILE)) -c requirements/browser.txt -o requirements/image.txt
	$(BIN)/python -m deploy.local.lock

clean: ## remove .venv and what tools leave behind; data folders stay
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp a set: installed again only when its lock or the project's own table changed, or the folder moved.
MOVED := $(if $(filter "$(shell cat .venv/.home 2>/dev/null)","$(CURDIR)"),,moved)
.PHONY: moved
moved:
.venv/.embedded .venv/.dev .venv/.browser: .venv/.%: requirements/%.txt pyproject.toml $(MOVED)
	@sh deploy/setup.sh $*
	@touch $@
