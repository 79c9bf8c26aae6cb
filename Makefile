# The same words for a person, Jenkins and CI. What they do stands in development/.

.DEFAULT_GOAL := help
.PHONY: help setup run test check fmt lock service console clean

ARGS ?=
# With it, each of the many starts would compile every package anew.
unexport PYTHONDONTWRITEBYTECODE
VENV_PYTHON := .venv/bin/python
# The first Python that is new enough; 3.11 first, which the locks are made for.
FIND_PYTHON = for python in "$$PYTHON" python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && exit; done; \
	echo "kade: Python 3.11 or newer is needed and was not found; install it, or set PYTHON to it." >&2; \
	echo false

help: ## List the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup: ## Make .venv with everything locked
	@"$$($(FIND_PYTHON))" -m development.setup

run: setup ## Start everything: http://localhost:8000 and :8001; Ctrl-C stops it
	@$(VENV_PYTHON) -m development.run

test: setup ## Run all tests; ARGS="-k name" goes to pytest, without the coverage gate
	@$(VENV_PYTHON) -m development.test $(ARGS)

check: setup ## Format, lint, types, import contracts, migrations, locks
	@$(VENV_PYTHON) -m development.check

fmt: setup ## Format the code and mend what the linter can mend
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix .

lock: setup ## Make the lock files anew; ARGS=--upgrade takes newer versions
	@$(VENV_PYTHON) -m development.locks $(ARGS)

service: setup ## Make a new service: NAME=parking; DRY_RUN=1 only says what would be
	@$(VENV_PYTHON) -m development.new_service $(if $(DRY_RUN),--dry-run) -- "$(NAME)"

console: setup ## Django's shell; ARGS="data_service create_token …" runs a command
	@$(VENV_PYTHON) -m development.console $(ARGS)

clean: ## Remove everything that can be made again, the local cluster too
	@"$$($(FIND_PYTHON))" -m development.clean
