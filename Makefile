# Two commands do everything: `make demo` and `make test`. The rest is for those who work on it.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export SITE_URL ?= http://localhost:$(PORT)

.PHONY: demo test check coverage bench evaluate frontend requirements clean

demo: $(VENV)/base.stamp
	@$(PY) manage.py demo --port $(PORT)
	@exec $(VENV)/bin/gunicorn cms.wsgi --env DJANGO_SETTINGS_MODULE=cms.settings.development \
		--workers 2 --preload --bind 127.0.0.1:$(PORT) --log-level warning

test: $(VENV)/dev.stamp
	@tests/run

check: $(VENV)/dev.stamp
	@tests/check

# Which lines and branches the tests reach. Watching them makes the tests a third slower.
coverage: $(VENV)/dev.stamp
	$(VENV)/bin/pytest --cov --cov-report=term:skip-covered

# All that is measured, which takes an hour or more. What the machine lacks is said and left out.
bench: $(VENV)/bench.stamp
	$(PY) -m tests.benchmarks.match_speed
	tests/with_postgresql $(PY) -m tests.benchmarks.match_speed || [ $$? -eq 77 ]
	$(PY) -m tests.benchmarks.opensearch_speed
	$(PY) -m tests.benchmarks.indexing_speed
	$(PY) -m tests.benchmarks.peers_speed
	$(PY) -m tests.benchmarks.shape_cost
	$(PY) -m tests.benchmarks.page_speed
	$(PY) -m tests.benchmarks.import_speed
	$(PY) -m tests.benchmarks.admin_speed
	$(PY) -m tests.benchmarks.soak

evaluate: $(VENV)/base.stamp
	$(PY) manage.py evaluate

frontend:
	cd frontend && npm install --no-package-lock && npm run build

# Pins with hashes and without the address of any index; with extras, for pip of Python 3.11 takes a newer
# release for "package[extra]" when only "package" is pinned, and then misses its hash.
requirements: $(VENV)/dev.stamp
	cd requirements && for name in base dev finetune bench; do ../$(VENV)/bin/pip-compile --quiet --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-strip-extras \
		--allow-unsafe --no-header --output-file $$name.txt $$name.in; done

clean:
	rm -rf $(VENV) var static_collected

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: set PYTHON=/path/to/it"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/base.stamp: requirements/base.txt | $(VENV)/bin/python
	$(PY) -m pip install --require-hashes --disable-pip-version-check -r requirements/base.txt
	@touch $@

$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/base.stamp
	$(PY) -m pip install --require-hashes --disable-pip-version-check -r requirements/bench.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	$(PY) -m pip install --require-hashes --disable-pip-version-check -r requirements/dev.txt
	@touch $@
