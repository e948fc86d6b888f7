# `make run` and `make test` do all set-up themselves; `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
OFFSCREEN := QT_QPA_PLATFORM=offscreen
CATALOGUES = $(wildcard resources/locale/*/LC_MESSAGES/mikrolaan.po)
COMPILE = $(MAKE) -s $(CATALOGUES:.po=.mo)
LOCKED := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

export PYTHON

.PHONY: help run test check screens bench format installer requirements catalogue clean

help:  ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-20s%s\n' "$$name" "$$text"; done

# One stamp per step, so that nothing is done twice.
$(VENV)/made.stamp: tools/virtual_environment.sh
	@tools/virtual_environment.sh
	@touch $@

$(VENV)/run.stamp: requirements.txt $(VENV)/made.stamp
	@echo "Installing what the program needs into $(VENV)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/qt.stamp: tools/system_libraries.sh $(VENV)/run.stamp
	@tools/system_libraries.sh qt $(BIN)/python
	@touch $@

$(VENV)/test.stamp: requirements-dev.txt $(VENV)/made.stamp
	@echo "Installing what the checks and tests need into $(VENV)"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

# In this order run.stamp is fresh when qt.stamp asks for it, also under make -j.
$(VENV)/developer.stamp: $(VENV)/test.stamp requirements.txt tools/system_libraries.sh
	@$(MAKE) --no-print-directory $(VENV)/qt.stamp
	@touch $@

# Compiled, a catalogue is read at once; from its source the program reads it too, but starts later. Asked for by a make of
# its own, once the environment stands; the installer compiles its own.
%.mo: %.po
	@$(BIN)/python -m tools.compile_catalogue > /dev/null

run: $(VENV)/qt.stamp  ## Start the program; without a display, play the main job and print where its papers lie
	@$(COMPILE)
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY" ] && [ -z "$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here, so no window can open. Playing the main job on example data instead."; \
		$(OFFSCREEN) $(BIN)/python -m mikrolaan play build/example; \
	else \
		$(BIN)/python -m mikrolaan; \
	fi

test: check  ## Run every check and every test
	@$(COMPILE)
	@$(BIN)/python -m pytest

check: $(VENV)/developer.stamp  ## Run the checks of style, types and import rules
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { $(BIN)/ruff format --check .; exit 1; }
	@$(BIN)/mypy --strict --no-error-summary
	@$(BIN)/lint-imports --no-logo

screens: $(VENV)/developer.stamp  ## Draw every page in both languages and themes under build/screens/
	@$(COMPILE)
	@$(OFFSCREEN) $(BIN)/python -m tools.screens

bench: $(VENV)/developer.stamp  ## Measure start, lists, search and contract
	@$(COMPILE)
	@$(OFFSCREEN) $(BIN)/python -m tools.bench

format: $(VENV)/developer.stamp  ## Put the code into its one shape
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

installer: $(VENV)/developer.stamp  ## Build the program as a folder that needs no Python, and let it test itself
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build_installer.spec
	@env -i HOME="$$HOME" LANG=C.UTF-8 PATH=/usr/bin:/bin dist/mikrolaan/mikrolaan --self-test
	@du -sm dist/mikrolaan | awk '{ print "dist/mikrolaan: " $$1 " MB" }'

# Pins stay as they are where they still fit; `make requirements UPGRADE=--upgrade` takes the newest of everything.
requirements: $(VENV)/developer.stamp  ## Pin the requirements anew, for every system at once
	@$(LOCKED) $(UPGRADE) --output-file requirements.txt requirements.in
	@$(LOCKED) $(UPGRADE) --output-file requirements-dev.txt --constraint requirements.txt requirements-dev.in

# `make catalogue NEW=sv` begins a new language.
catalogue: $(VENV)/developer.stamp  ## Gather the texts of the program into every language's catalogue
	@mkdir -p build
	@$(BIN)/pybabel --quiet extract --no-default-keywords --keyword=_ --keyword=gettext --keyword=N_ --keyword=ngettext:1,2 \
		--keyword=pgettext:1c,2 --keyword=npgettext:1c,2,3 --add-comments=Translators: --add-location=file --sort-by-file \
		--project=Mikrolaan --version=1 --copyright-holder="The Mikrolaan authors" --msgid-bugs-address=CONTRIBUTING.md \
		--output-file=build/mikrolaan.pot mikrolaan
	@if [ -n "$(NEW)" ]; then $(BIN)/pybabel --quiet init --domain=mikrolaan --input-file=build/mikrolaan.pot \
		--output-dir=resources/locale --locale=$(NEW); fi
	@for catalogue in $(CATALOGUES); do \
		language=$${catalogue#resources/locale/}; language=$${language%%/*}; \
		$(BIN)/pybabel --quiet update --ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete --width=110 \
			--input-file=build/mikrolaan.pot --output-file=$$catalogue --locale=$$language; \
		$(BIN)/python -m tools.untranslated $$catalogue; \
	done

clean:  ## Remove everything that was built; the virtual environment stays
	@rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find mikrolaan tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
