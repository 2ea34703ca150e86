# Two commands for people: `make render` and `make test`. Each installs libcmark if it is missing.

SWIFT ?= swift
# Debug builds compile C at -O0 otherwise, which makes the kernels' tests needlessly slow.
TEST_FLAGS := -Xcc -O2
STRICT := --explicit-target-dependency-import-check error
# One file that starts in milliseconds, where the platform can.
STATIC := $(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib)
RELEASE = $(shell $(SWIFT) build -c release --show-bin-path)/harmonium

.PHONY: render test sanitize format record bench clean libcmark

## Render notebooks/ into output/.
render: libcmark
	$(SWIFT) build -c release --product harmonium $(STATIC)
	$(RELEASE) render notebooks -o output

## Format, build, all tests, and the committed output against the notebooks.
test: libcmark
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	$(SWIFT) build --build-tests $(STRICT) $(TEST_FLAGS)
	$(SWIFT) test --skip-build $(TEST_FLAGS)
	$(SWIFT) build -c release --product harmonium $(STATIC) $(STRICT)
	$(RELEASE) check notebooks --against output

## Rewrite the goldens of the tests; fails, so that a recording never passes unseen.
record: libcmark
	RECORD_GOLDENS=1 $(SWIFT) test $(TEST_FLAGS)

# Address and undefined-behaviour reports of the kernels; the second only for C, from clang itself.
# XCTest, which no test uses, leaks two objects of its own.
KERNELS := Sources/CKernels
TWINS := -std=c11 -I$(KERNELS)/include Tests/CKernelsTests/Twins/main.c $(KERNELS)/dispatch.c \
  $(wildcard $(KERNELS)/*/kernels.c)
SANITIZED := .build-asan
# The other linker of Linux warns about every symbol of the sanitizers.
LLD := $(if $(filter Linux,$(shell uname -s)),lld)
SANITIZE := $(LLD:%=-fuse-ld=%) -fsanitize=address,undefined -fno-sanitize-recover=all -g -O1

## The kernels' tests under AddressSanitizer, and the kernels against their twins under both.
sanitize: libcmark
	mkdir -p $(SANITIZED)
	clang $(SANITIZE) $(TWINS) -o $(SANITIZED)/kernels
	$(SANITIZED)/kernels
	$(SWIFT) test --scratch-path $(SANITIZED) --sanitize address $(TEST_FLAGS) \
	  $(LLD:%=-Xswiftc -use-ld=%) --disable-xctest --filter CKernelsTests

format:
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

## Benchmarks side by side with the peers, into Benchmarks/RESULTS.md; QUICK=1 for fewer repetitions.
bench: libcmark
	Benchmarks/run $(if $(QUICK),--quick)

clean:
	rm -rf .build $(SANITIZED)

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
	command -v apt-get >/dev/null || { echo "Install the development package of libcmark (cmark) with your package manager." >&2; exit 1; }; \
	if [ "$$(id -u)" = 0 ]; then as=; \
	elif command -v sudo >/dev/null; then as=sudo; \
	else echo "Not allowed to install. As root, run: apt-get update && apt-get install -y libcmark-dev" >&2; exit 1; fi; \
	$$as apt-get update -qq && $$as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libcmark-dev \
	  || { echo "Installing failed. Run: $$as apt-get update && $$as apt-get install -y libcmark-dev" >&2; exit 1; }
