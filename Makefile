# Two commands for people: `make render` and `make test`. Each installs libcmark if it is missing.

SWIFT ?= swift
# Tests run what users run, and four times as fast as a debug build.
TEST_FLAGS := -c release -Xswiftc -enable-testing --explicit-target-dependency-import-check error
TESTED = $(shell $(SWIFT) build $(TEST_FLAGS) --show-bin-path)/harmonium
# One file that starts in milliseconds, where the platform can.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
RELEASE = $(shell $(SWIFT) build -c release --show-bin-path)/harmonium

.PHONY: render test interop schemas kills sanitize cross format record bench clean libcmark emulators

## Render notebooks/ into output/.
render: libcmark
	$(SWIFT) build -c release --product harmonium $(STATIC)
	$(RELEASE) render notebooks -o output

## Format, build, all tests, and the committed output against the notebooks.
test: libcmark
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	$(SWIFT) build --build-tests $(TEST_FLAGS)
	$(SWIFT) test --skip-build $(TEST_FLAGS)
	$(TESTED) check notebooks --against output --no-store
	$(TESTED) check README.md --no-store

## Rewrite the goldens of the tests; fails, so that a recording never passes unseen.
record: libcmark
	RECORD_GOLDENS=1 $(SWIFT) test $(TEST_FLAGS)

# Python's safetensors reads what the engine writes, and the engine what it writes.
INTEROP := .build-interop
PYTHON := $(INTEROP)/venv/bin/python

## Model files against Python's safetensors, both ways and bit for bit; installs it into a folder here.
interop: libcmark
	mkdir -p $(INTEROP)/ours $(INTEROP)/theirs
	[ -x $(PYTHON) ] || python3 -m venv $(INTEROP)/venv
	$(PYTHON) -m pip install --quiet safetensors numpy
	$(PYTHON) Tests/Interop/interop.py write $(INTEROP)/theirs
	HARMONIUM_FIXTURES=$(CURDIR)/$(INTEROP)/theirs HARMONIUM_INTEROP=$(CURDIR)/$(INTEROP)/ours \
	  $(SWIFT) test $(TEST_FLAGS) --filter InteropTests
	$(PYTHON) Tests/Interop/interop.py read $(INTEROP)/ours

# JUnit's schema is pytest's copy, which its wheel leaves out.
SCHEMAS := .build-schemas
XSD := pytest-*/testing/example_scripts/junit-10.xsd

## Reports against the schemas of JUnit, SARIF and our JSON; installs what knows them into a folder here.
schemas: libcmark
	$(SWIFT) build --product harmonium $(TEST_FLAGS)
	mkdir -p $(SCHEMAS)
	[ -x $(SCHEMAS)/venv/bin/python ] || python3 -m venv $(SCHEMAS)/venv
	$(SCHEMAS)/venv/bin/python -m pip install --quiet jsonschema xmlschema sarif-pydantic
	[ -e $(SCHEMAS)/$(XSD) ] || { $(SCHEMAS)/venv/bin/python -m pip download --quiet --no-deps \
	  --no-binary pytest -d $(SCHEMAS) pytest && tar xzf $(SCHEMAS)/pytest-*.tar.gz -C $(SCHEMAS); }
	$(SCHEMAS)/venv/bin/python Tests/Schemas/validate.py $(TESTED) \
	  Sources/Rendering/Reports/report-1.schema.json $(SCHEMAS)/$(XSD) $(SCHEMAS)/run

## Runs that are killed, 50 times each kind of training and 200 times each command that writes.
kills: libcmark
	HARMONIUM_KILLS=50 $(SWIFT) test $(TEST_FLAGS) --filter InterruptionTests
	HARMONIUM_KILLS=200 $(SWIFT) test --skip-build $(TEST_FLAGS) --filter KillTests

# Address and undefined-behaviour reports of the kernels; the second only for C, from clang itself.
# XCTest, which no test uses, leaks two objects of its own.
KERNELS := Sources/CKernels
TWINS := -std=c11 -I$(KERNELS)/include $(wildcard Tests/CKernelsTests/Twins/*.c) \
  $(KERNELS)/dispatch.c $(wildcard $(KERNELS)/*/kernels.c)
SANITIZED := .build-asan
# The other linker of Linux warns about every symbol of the sanitizers.
LLD := $(if $(filter Linux,$(shell uname -s)),lld)
SANITIZE := $(LLD:%=-fuse-ld=%) -fsanitize=address,undefined -fno-sanitize-recover=all -g -O1

## The kernels' tests under AddressSanitizer, and the kernels, four, eight and sixteen wide, against
## their twins under both.
sanitize: libcmark
	mkdir -p $(SANITIZED)
	clang $(SANITIZE) $(TWINS) -o $(SANITIZED)/kernels
	$(SANITIZED)/kernels
	$(SWIFT) test --scratch-path $(SANITIZED) --sanitize address -Xcc -O2 \
	  $(LLD:%=-Xswiftc -use-ld=%) --disable-xctest --filter CKernelsTests

# What other machines compute is compared with what this one does: every kernel prints a hash. What
# the kernels do at any width is proven here already; this proves the instructions that they become
# elsewhere. For Debian on x86-64.
CROSS := .build-cross
EMULATORS := qemu-user-static gcc-aarch64-linux-gnu libc6-dev-arm64-cross bochs bochs-term isolinux \
  xorriso busybox-static

## The kernels for NEON and AVX-512 against their twins, on emulated machines; about 5 minutes.
cross: emulators
	mkdir -p $(CROSS)
	clang -O2 $(TWINS) -o $(CROSS)/native
	$(CROSS)/native > $(CROSS)/native.txt
	clang --target=aarch64-linux-gnu -fuse-ld=lld -static -O2 $(TWINS) -o $(CROSS)/neon
	qemu-aarch64-static $(CROSS)/neon reference neon > $(CROSS)/neon.txt
	diff $(CROSS)/native.txt $(CROSS)/neon.txt
	clang -static -O2 $(TWINS) -o $(CROSS)/avx512
	Tests/CKernelsTests/Twins/avx512 $(CROSS)/avx512 $(CROSS)/machine > $(CROSS)/avx512.txt
	diff $(CROSS)/native.txt $(CROSS)/avx512.txt

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

## Benchmarks side by side with the peers, into Benchmarks/RESULTS.md; QUICK=1 for one
## epoch and fewer repetitions, REPETITIONS=7 for so many.
bench: libcmark
	Benchmarks/run $(if $(QUICK),--quick) $(if $(REPETITIONS),--repetitions $(REPETITIONS))

clean:
	rm -rf .build $(INTEROP) $(SCHEMAS) $(SANITIZED) $(CROSS)

# $(call install,PACKAGES)
define install
command -v apt-get >/dev/null || { echo "Install with your package manager: $(1)" >&2; exit 1; }; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif command -v sudo >/dev/null; then as=sudo; \
	else echo "Not allowed to install. As root, run: apt-get update && apt-get install -y $(1)" >&2; exit 1; fi; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) \
	  || { echo "Installing failed. Run: $$as apt-get update && $$as apt-get install -y $(1)" >&2; exit 1; }
endef

# The header is looked for where the compiler will look for it.
libcmark:
	@if [ "$$(uname -s)" = Darwin ]; then \
	  pkg-config --exists libcmark 2>/dev/null && exit 0; \
	  echo "libcmark is missing; installing it"; \
	  command -v brew >/dev/null || { echo "Install Homebrew (https://brew.sh), then run: brew install cmark pkgconf" >&2; exit 1; }; \
	  brew install cmark pkgconf; exit; \
	fi; \
	printf '#include <cmark.h>\n' | clang -E -x c - >/dev/null 2>&1 && exit 0; \
	echo "libcmark is missing; installing it"; \
	$(call install,libcmark-dev)

emulators:
	@dpkg -s $(EMULATORS) >/dev/null 2>&1 && exit 0; \
	echo "Emulators are missing; installing them"; \
	$(call install,$(EMULATORS))
