# Needs Python >= 3.11, make and the package registries; everything else is installed into
# .venv, frontend/node_modules and .opium. README.md says more.
.DEFAULT_GOAL := help
.PHONY: help demo test dev bench bench-chaos mutate lint fmt clean screenshots schema install
MAKEFLAGS += --no-print-directory

# Compiled once, and where `make clean` finds it: a machine may say that Python shall write none,
# and then each of the many processes here compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.opium/pycache

ARGS ?=
PYTHON ?=
VENV := .venv/bin
RUN := $(VENV)/python -m config.runtime

# The first interpreter on the path that runs and is new enough (a shim may do neither).
define FIND_PYTHON
ok='import sys; sys.exit(sys.version_info < (3, 11))'; \
for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
  case $$name in */*) places=/;; *) places=$$PATH;; esac; \
  IFS=:; for place in $$places; do unset IFS; \
    case $$name in */*) found=$$name;; *) found=$$place/$$name;; esac; \
    if [ -x "$$found" ] && "$$found" -c "$$ok" 2>/dev/null; then exec "$$found" -I $(1); fi; \
  done; unset IFS; \
done; echo 'opium: no Python >= 3.11 on the path; install one or say PYTHON=/path/to/python.' >&2; exit 1
endef

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  ARGS="…" goes to demo, test, both benches and mutate; OPIUM_PORT chooses the port of demo and dev.'

install: ## install the locked Python packages into .venv (every target does)
	@$(call FIND_PYTHON,platform/config/runtime/bootstrap.py)

demo: install ## run the main job on a real city and keep serving (ARGS="--once --json" ends by itself)
	@exec $(RUN).supervisor demo $(ARGS)

dev: install ## the same with auto-reload of the server, the worker and the screens
	@exec $(RUN).supervisor dev $(ARGS)

test: export OPIUM_STATE := $(CURDIR)/.opium/test
test: install ## every check that CI runs (ARGS="tests/some/path -k name": only these Python tests)
	@exec $(RUN).checks test $(ARGS)

bench: install ## measure side by side and write bench/results.json
	@exec $(RUN).postgres run -- $(VENV)/python -m bench $(ARGS)

bench-chaos: install ## kill every part of a house at work and count what is lost (ARGS="--seconds 60")
	@exec $(VENV)/python -m bench.chaos $(ARGS)

mutate: export OPIUM_STATE := $(CURDIR)/.opium/test
mutate: install ## break chosen rooms on purpose and name what no test notices (ARGS="budget --most 30")
	@exec $(RUN).postgres run --throwaway -- $(RUN).mutate $(ARGS)

lint: install ## linters, formatters, types and import contracts, without tests (ARGS=--mirror: figures)
	@exec $(RUN).checks lint $(ARGS)

fmt: install ## format everything and fix what can be fixed
	@$(VENV)/ruff check --fix-only --quiet && $(VENV)/ruff format --quiet
	@exec $(RUN).frontend run format

schema: install ## write api/openapi.yaml and the front end's types from the code
	@exec $(RUN).schema write

screenshots: install ## take the README's screenshots of the running demo (ARGS=--all: every screen, looked at by axe)
	@exec $(RUN).supervisor screenshots $(ARGS)

clean: ## remove what was installed and built here (ARGS=--data: the data and the secret key too)
	@if [ -x $(VENV)/python ]; then $(RUN).clean $(ARGS); \
	elif [ -n '$(ARGS)' ]; then echo 'opium: `make install` first: the data may lie elsewhere, and its server may run.' >&2; exit 2; fi
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@rm -rf frontend/node_modules frontend/dist frontend/coverage frontend/test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
