# SPDX-FileCopyrightText: 2026 The kanyin authors
# SPDX-License-Identifier: Apache-2.0
#
# make pdf    install what is missing, build everything under source/ into build/
# make test   install what is missing, run the tests
# make bench  how fast it is and how well Chinese is set, beside other systems; pictures of pages in build/bench/
#
# The stamps below are the memory of what is installed: a second run starts to work at once.

export PYTHONUTF8 = 1
PYTHON = .venv/bin/python
RUN_STAMP = .venv/run.stamp
TEST_STAMP = .venv/test.stamp
FONTS_STAMP = fonts/.cache/built.stamp

.PHONY: pdf test test-slow bench lint lock clean
.DEFAULT_GOAL = pdf

pdf: $(FONTS_STAMP)
	@./make_pdf.py

test: $(TEST_STAMP) $(FONTS_STAMP)
	@$(PYTHON) -m pytest -m "not slow" -n auto --dist loadfile

# Veracity of PDF/A and PDF/UA by veraPDF, and everything else that takes seconds a test.
test-slow: $(TEST_STAMP) $(FONTS_STAMP)
	@$(PYTHON) -m pytest -m slow

bench: $(TEST_STAMP) $(FONTS_STAMP)
	@$(PYTHON) -m bench.line
	@$(PYTHON) -m bench.composition --speed
	@$(PYTHON) -m bench.issue

lint: $(TEST_STAMP)
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m mypy

# After a change of pyproject.toml; uv is needed for this alone.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --all-extras --group dev \
	    -c requirements.lock -o requirements-dev.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-deps \
	    --group schemas -o requirements-schemas.lock

clean:
	rm -rf build

$(RUN_STAMP): requirements.lock tools/setup.sh
	@tools/setup.sh run
	@touch $@

$(TEST_STAMP): requirements-dev.lock requirements-schemas.lock tools/setup.sh
	@tools/setup.sh test
	@touch $@ $(RUN_STAMP)

$(FONTS_STAMP): fonts/fonts.yaml requirements.lock | $(RUN_STAMP)
	@echo "制作字体，只在第一次 / making fonts, this once" >&2
	@./make_pdf.py fonts build
	@mkdir -p $(@D) && touch $@
