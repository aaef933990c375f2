# Aurora's everyday commands. `make` alone lists them.

.DEFAULT_GOAL := help
.PHONY: help setup build test test-full sanitize bench bench-quick bench-build check demo docs dist install
.PHONY: clean

PREFIX ?= /usr/local
# All at once they would open hundreds of engines and take ten gigabytes.
SWIFT_TEST := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4 swift test -c release --skip-build
BROWSER_PYTHON := PYTHONPATH="$(CURDIR)/.deps/python" python3

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | while read -r target text; do \
		printf '  make %-11s %s\n' "$$target" "$$text"; done

setup: ## fetch what Aurora needs into .deps/ (once)
	@Scripts/setup

build: setup ## release build: .build/release/aurora
	swift build -c release --product aurora

test: ## every test, the browser's included
	@Scripts/setup --tests
	swift build -c release --build-tests
	$(SWIFT_TEST)
	AURORA_KERNELS=portable $(SWIFT_TEST) --filter '^(KernelsTests|LearningTests)'
	$(BROWSER_PYTHON) Tests/Failures/run.py
	$(BROWSER_PYTHON) Tests/Browser/run.py

test-full: test ## every test, and what takes long: gigabytes, thousands of broken files
	AURORA_FUZZ_CASES=10000 $(SWIFT_TEST) --filter Fuzz
	AURORA_SLOW_TESTS=1 $(SWIFT_TEST) --filter HundredThousandRows
	AURORA_SLOW_TESTS=1 $(SWIFT_TEST) --filter StructureRatesTests
	$(BROWSER_PYTHON) Tests/Failures/run.py --slow
	@Scripts/sanitize

sanitize: ## the kernels' tests under the address and the thread sanitizer
	@Scripts/sanitize

bench: bench-build ## Aurora and its peers by turns, every size; takes hours
	python3 Benchmarks/run.py

bench-quick: bench-build ## the same with few rows; fails below half of a floor
	python3 Benchmarks/run.py --quick

bench-build: build
	@Scripts/setup --bench
	swift build -c release --package-path Benchmarks

check: ## format, imports, file sizes, paths, JavaScript syntax
	@Scripts/check

demo: build ## an invented bank from its raw files to live pages
	@Scripts/demo

docs: build ## the pages and schemas that are written from the program
	@Scripts/reference

dist: build ## one folder as a .tar.gz that runs without Swift, Python or a network
	@Scripts/dist

install: dist ## that folder into PREFIX (default: /usr/local), a link in its bin/
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" Scripts/install

clean: ## remove builds and the demo; .deps/ stays
	rm -rf .build .demo Benchmarks/.build
