# Two commands do the daily work: `make demo` and `make test`. All begin with `make setup`.
UV := .boot/bin/uv
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
export UV_PYTHON_DOWNLOADS ?= never
# Debian's own interpreter is built with optimisation, a fifth faster than most built at home.
export UV_PYTHON ?= $(or $(wildcard /usr/bin/python3.11),3.11)
export UV_COMPILE_BYTECODE ?= 1

.PHONY: setup setup-dev demo test soak check bench docs pictures

# Plain Debian has neither python3-venv nor a writable site-packages, hence uv in a folder.
$(UV):
	python3 -m pip install -q --disable-pip-version-check --target .boot uv==0.13.9

setup: $(UV)
	@$(UV) sync -q --frozen --no-dev --inexact
	@$(MANAGE) catalogues

setup-dev: $(UV)
	@$(UV) sync -q --frozen
	@$(MANAGE) catalogues

demo: setup
	@DEMO=1 $(MANAGE) demo $(if $(RESET),--reset) $(if $(ON),--on $(ON))

test: setup-dev
	@$(PYTHON) -m tests.run $(ARGS)

check: setup-dev
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	$(PYTHON) -m mypy
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) catalogues --check
	$(MANAGE) write_docs --check

bench: setup-dev
	@$(PYTHON) -m bench.run $(ARGS)

# The long fault tests: printed lines go into docs/soak.md. KORACI_SOAK=50 tries a fiftieth.
soak: setup-dev
	KORACI_SOAK=$(or $(KORACI_SOAK),1) $(PYTHON) -m pytest -m soak tests/faults $(ARGS)

docs: setup-dev
	$(MANAGE) write_docs

# The pictures of docs/pictures, drawn anew from the demo world.
pictures: setup-dev
	KORACI_PICTURES=1 $(PYTHON) -m pytest tests/browser/test_pictures.py
