# lectern - full-text search for conference-talk notes.  `make help` lists the targets.
#
# Sources are found by folder, so adding a file needs no change here:
#   src/*/*.c and shim/*.cc   the library (src/cli is the program lectern)
#   bench/*.c                 the program lectern-bench
#   tests/unit/test_*.c       one test program each;  tests/cli/*.bats  black-box tests

CC       ?= cc
CXX      ?= c++
BUILD    ?= build
PREFIX   ?= /usr/local
VERSION  := 0.1.0
OPTIMIZE ?= -O2 -g

BUILD_PACKAGES := gcc g++ make pkgconf libxapian-dev libstemmer-dev libcmark-dev libutf8proc-dev \
                  libyaml-dev libjansson-dev libxxhash-dev zlib1g-dev libsqlite3-dev
TEST_PACKAGES  := libcmocka-dev bats git python3 strace tmux zsh fish fzf xapian-tools gnuplot-nox
LINT_PACKAGES  := clang-format clang-tidy cppcheck shellcheck
GRIND_PACKAGES := valgrind
# Lucene only where there is Java for it
SPEED_PACKAGES := ripgrep xapian-omega xapian-tools gnuplot-nox \
                  $(if $(shell command -v javac),liblucene8-java)
RESULT_PACKAGES := python3 linux-doc
FUZZ_PACKAGES  := clang-14 libclang-rt-14-dev

PKGS     := xapian-core libcmark libutf8proc yaml-0.1 jansson libxxhash sqlite3 zlib
# System headers by -isystem: our warnings are about our code.
PKG_CFLAGS := $(patsubst -I%,-isystem%,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lstemmer -lm -lpthread

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
HARDEN   := -fstack-protector-strong -fstack-clash-protection -fPIE $(if $(findstring -O0,$(OPTIMIZE))$(SANITIZE),,-D_FORTIFY_SOURCE=3)
CPPFLAGS += -Isrc -Ishim -D_GNU_SOURCE -DLECTERN_VERSION='"$(VERSION)"' $(PKG_CFLAGS)
CFLAGS   += -std=c11 $(OPTIMIZE) $(WARNINGS) -Wstrict-prototypes -Wmissing-prototypes $(HARDEN) $(SANITIZE)
CXXFLAGS += -std=c++17 $(OPTIMIZE) $(WARNINGS) $(HARDEN) $(SANITIZE)
LDFLAGS  += -pie -Wl,-z,relro,-z,now,-z,noexecstack $(SANITIZE)
LDLIBS   += $(PKG_LIBS)

LIB_C    := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_C    := $(wildcard src/cli/*.c)
BENCH_C  := $(wildcard bench/*.c)
SHIM_CC  := $(wildcard shim/*.cc)
UNIT_C   := $(wildcard tests/unit/test_*.c)
# Code the unit tests share; every test program links it.
HELP_C   := $(filter-out $(UNIT_C),$(wildcard tests/unit/*.c))

obj       = $(patsubst %,$(BUILD)/%.o,$(1))
LIB      := $(BUILD)/liblectern.a
UNIT     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_C))
# Everything of src/cli and bench but their main() is tested too.
CLI_LIB  := $(BUILD)/libcli.a
BENCH_LIB := $(BUILD)/libbench.a

.PHONY: all help extraction coverage hostile extraction-cost deps deps-test deps-lint deps-grind deps-speed deps-fuzz test check unit \
        cli-tests soak reliability-tools asan tsan valgrind fuzz fuzzers lint format demo man completions \
        speed speed-results relevance golden install uninstall clean
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/lectern $(BUILD)/lectern-bench

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

## make            build lectern and lectern-bench in build/
## make demo       install what is missing, build, index corpus/, answer five queries
## make test       install what is missing, build, run every test
## make deps       only install what is missing (Debian packages)
## make extraction  how well talks are found in corpus/ and other labelled notes
## make extraction-cost  the share of extraction in indexing NOTES=folder, in instructions
## make soak       the reliability tests with many more cases, for hours; SOAK_TALKS=20000 for less
## make hostile    a table of what hostile notes cost, at three sizes
## make coverage   lines and branches that the tests run, by file, in build/coverage/report
## make lint       dependency rules, clang-format, clang-tidy, cppcheck, shellcheck
## make asan       every test under address and undefined behaviour sanitizers
## make tsan       what several threads do, under the thread sanitizer
## make valgrind   the unit tests under valgrind
## make fuzz       every fuzzer for FUZZ_SECONDS (default 30) seconds
## make speed      time indexing and queries beside other systems, on NOTES=folder; a page in build/
## make golden    write tests/golden/ranks.tsv anew: review the difference
## make speed-results  the raw figures of README.md, into bench/results (an hour)
## make relevance  every ranker on the collections in LECTERN_SHARED/collections (../shared)
## make man        the man pages, from the programs' tables, in build/man
## make install    PREFIX=/usr/local DESTDIR=; make uninstall removes it again

# ---- building ----

$(BUILD)/%.c.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.cc.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) -MMD -MP -c -o $@ $<

$(LIB): $(call obj,$(LIB_C) $(SHIM_CC))
	@mkdir -p $(@D) && rm -f $@ && ar rcs $@ $^

$(CLI_LIB): $(call obj,$(filter-out src/cli/main.c,$(CLI_C)))
	@mkdir -p $(@D) && rm -f $@ && ar rcs $@ $^

$(BENCH_LIB): $(call obj,$(filter-out bench/main.c,$(BENCH_C)))
	@mkdir -p $(@D) && rm -f $@ && ar rcs $@ $^

$(BUILD)/lectern: $(call obj,src/cli/main.c) $(CLI_LIB) $(LIB)
	$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/lectern-bench: $(call obj,bench/main.c src/cli/options.c src/cli/nearest.c) $(BENCH_LIB) $(LIB)
	$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.c.o $(call obj,$(HELP_C)) $(CLI_LIB) $(BENCH_LIB) $(LIB)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

# What the tests of tests/reliability use: programs that print an index and read it all the time, a
# library of faults.
RELIABILITY := $(addprefix $(BUILD)/reliability/,index_contents long_reader many_searches fault.so)

$(BUILD)/reliability/%: $(BUILD)/tests/reliability/%.c.o $(LIB)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# Loaded into any program, so without sanitizers; it stands in for functions that must not be
# checked or expanded.
$(BUILD)/reliability/fault.so: tests/reliability/fault.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -O1 -g $(WARNINGS) -U_FORTIFY_SOURCE -D_GNU_SOURCE -fPIC -shared -o $@ $< -ldl

# A table built in with EMBED (src/base/embed.h): its user is built anew when the table changes.
include $(wildcard src/*/tables.mk) bench/tables.mk

# ---- what must be installed ----

# quiet when nothing is missing
define install_missing
	@missing=""; for p in $(1); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { echo "make deps: needs Debian's apt-get to install:$$missing" >&2; exit 1; }; \
	  echo "installing:$$missing"; \
	  sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && \
	  $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

deps:
	$(call install_missing,$(BUILD_PACKAGES))
deps-test: deps
	$(call install_missing,$(TEST_PACKAGES))
deps-lint: deps
	$(call install_missing,$(LINT_PACKAGES))
deps-grind: deps-test
	$(call install_missing,$(GRIND_PACKAGES))
deps-speed: deps
	$(call install_missing,$(SPEED_PACKAGES))
deps-fuzz: deps-test
	$(call install_missing,$(FUZZ_PACKAGES))

# ---- testing: the targets that install call make again, so that pkg-config is asked after installing ----

test: deps-test
	@$(MAKE) --no-print-directory check

check: all unit cli-tests

# one test at a time and named when it fails; under asan and valgrind through RUN
unit: $(UNIT)
	@failed=0; for t in $(UNIT); do \
	  $(RUN) $$t >$$t.log 2>&1 && echo "ok   $$(basename $$t)" || { echo "FAIL $$(basename $$t)"; cat $$t.log; failed=1; }; \
	done; exit $$failed

PROGRAMS := LECTERN=$(abspath $(BUILD))/lectern LECTERN_BENCH=$(abspath $(BUILD))/lectern-bench \
            LECTERN_RELIABILITY=$(abspath $(BUILD))/reliability
cli-tests: all reliability-tools
	@$(PROGRAMS) bats tests/cli

# The same tests of tests/reliability as in `make test`, with many more cases.
soak: deps-test
	@$(MAKE) --no-print-directory all reliability-tools
	@$(PROGRAMS) nice python3 tests/reliability/soak.py

reliability-tools: $(RELIABILITY)

hostile: all reliability-tools
	@$(PROGRAMS) python3 tests/reliability/pathological.py

# gcov alone: what `make check` runs, without the optimizer.
coverage: deps-test
	@rm -f $$(find build/coverage -name '*.gcda' 2>/dev/null)
	@$(MAKE) --no-print-directory check BUILD=build/coverage OPTIMIZE='-O0 -g' SANITIZE='--coverage -fprofile-update=atomic'
	@python3 tests/coverage.py build/coverage >build/coverage/report
	@tail -1 build/coverage/report

SANITIZERS := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
asan: deps-test
	@$(MAKE) --no-print-directory check BUILD=build/asan OPTIMIZE='-O1 -g' SANITIZE='$(SANITIZERS)'

# What several threads do: working ahead, building a database, indexing the corpus with seven.
# Functions cloned for processors are chosen before the sanitizer is there to watch: without them.
tsan: deps-test
	@$(MAKE) --no-print-directory BUILD=build/tsan OPTIMIZE='-O1 -g' \
	  SANITIZE="-fsanitize=thread '-Dtarget_clones(...)='" \
	  build/tsan/lectern build/tsan/unit/test_ahead build/tsan/unit/test_glass
	build/tsan/unit/test_ahead
	build/tsan/unit/test_glass
	LECTERN_THREADS=7 XDG_CONFIG_HOME=$(abspath $(BUILD))/tsan/config \
	  build/tsan/lectern index corpus/notes --rebuild --index build/tsan/index

valgrind: deps-grind
	@$(MAKE) --no-print-directory all unit \
	  RUN='valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect'

# Each fuzzer begins from its seeds and from the inputs of the tests of the same name; what it finds
# on the way is kept in build/, a crash is build/fuzz/NAME-crash-*.
FUZZ_SECONDS ?= 30
FUZZERS      := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz: deps-fuzz
	@$(MAKE) --no-print-directory fuzzers BUILD=build/fuzz CC=clang-14 CXX=clang++-14 OPTIMIZE='-O1 -g' \
	  SANITIZE='$(SANITIZERS) -fsanitize=fuzzer-no-link'

fuzzers: $(FUZZERS:%=$(BUILD)/fuzz_%)
	@for f in $(FUZZERS); do \
	  mkdir -p $(BUILD)/found/$$f; \
	  seeds=""; for d in tests/fuzz/seeds/$$f tests/cases/$$f tests/cases/$${f}s; do [ -d $$d ] && seeds="$$seeds $$d"; done; \
	  $(BUILD)/fuzz_$$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
	    -artifact_prefix=$(BUILD)/$$f- $(BUILD)/found/$$f $$seeds >$(BUILD)/$$f.log 2>&1 || \
	    { tail -60 $(BUILD)/$$f.log; exit 1; }; \
	  echo "$$f: $(FUZZ_SECONDS) s," $$(sed -n 's/^stat::number_of_executed_units: \(.*\)/\1 runs,/p' $(BUILD)/$$f.log) \
	    $$(sed -n 's/.*cov: \([0-9]*\).*/\1 edges/p' $(BUILD)/$$f.log | tail -1); \
	done

$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.c.o $(call obj,$(HELP_C)) $(CLI_LIB) $(BENCH_LIB) $(LIB)
	$(CXX) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS) -lcmocka

lint: deps-lint
	@sh tests/lint.sh

format:
	clang-format -i $(wildcard src/*/*.[ch] shim/*.h shim/*.cc bench/*.[ch] tests/*/*.[ch])

# How well talks are found in notes; test has the same with floors.
extraction: deps-test
	@$(MAKE) --no-print-directory all
	@python3 tests/extraction.py $(BUILD)/lectern tests/cases/extraction_floors.txt $(or $(LECTERN_SHARED),../shared)
	@python3 tests/extraction_prose.py $(BUILD)/lectern $(or $(LECTERN_SHARED),../shared)

# The share of extraction in indexing NOTES, which may be several folders.
extraction-cost: deps-grind
	@$(MAKE) --no-print-directory all
	@sh tests/extraction_cost.sh $(BUILD)/lectern $(NOTES)

# ---- using ----

demo: deps
	@$(MAKE) --no-print-directory all
	@sh tests/demo.sh $(BUILD)/lectern corpus

# The folder whose notes are indexed and searched.
NOTES ?= corpus/notes
speed: deps-speed
	@$(MAKE) --no-print-directory all
	$(BUILD)/lectern-bench speed "$(NOTES)" -o $(BUILD)/speed.tsv
	$(BUILD)/lectern-bench report $(BUILD)/speed.tsv -o $(BUILD)/speed.html
	@echo "$(BUILD)/speed.html is the page, $(BUILD)/speed.tsv has every figure"

# The figures of README.md: raw results with machine and date. Takes an hour on an idle machine.
RESULTS     := talks-20000 talks-180000 documents
SPEED_NOTES := $(BUILD)/speed-notes
speed-results: deps-speed
	$(call install_missing,$(RESULT_PACKAGES))
	@$(MAKE) --no-print-directory all $(RESULTS:%=$(SPEED_NOTES)/%)
	@mkdir -p bench/results
	@for n in $(RESULTS); do \
	  $(BUILD)/lectern-bench speed $(SPEED_NOTES)/$$n --per-class 10 -o bench/results/$$n.tsv && \
	  $(BUILD)/lectern-bench report bench/results/$$n.tsv -o bench/results/$$n.md || exit 1; \
	done

TALK_NOTES = $(LECTERN_SHARED)/tools/talk-notes $(LECTERN_SHARED)/talks/pyvideo.jsonl.gz
$(SPEED_NOTES)/talks-20000:
	$(TALK_NOTES) $@ --limit 20000
$(SPEED_NOTES)/talks-180000:
	$(TALK_NOTES) $@ --limit 20000 --copies 9
$(SPEED_NOTES)/documents:
	sh bench/long_notes.sh $@

golden: all
	@sh tests/golden/ranks.sh $(BUILD)/lectern-bench corpus >tests/golden/ranks.tsv.new
	@mv tests/golden/ranks.tsv.new tests/golden/ranks.tsv
	@git diff --stat -- tests/golden || true

# where the test collections are
LECTERN_SHARED ?= ../shared

relevance: deps
	@$(MAKE) --no-print-directory all
	@if [ -d $(LECTERN_SHARED)/collections ]; then \
	  $(BUILD)/lectern-bench relevance $(LECTERN_SHARED)/collections/* corpus corpus/held-out; \
	else echo "make relevance: no collections in $(LECTERN_SHARED)/collections (set LECTERN_SHARED)"; fi

# man pages and completions, from the programs' own tables
MAN         := $(addprefix $(BUILD)/man/,lectern.1 lectern-query.7 lectern-bench.1)
COMPLETIONS := $(addprefix $(BUILD)/completion/,bash zsh fish)

man: $(MAN)
completions: $(COMPLETIONS)

$(BUILD)/man/lectern-bench.1: $(BUILD)/lectern-bench bench/manual.sh
	@mkdir -p $(@D)
	sh bench/manual.sh $< >$@
$(BUILD)/man/%: $(BUILD)/lectern
	@mkdir -p $(@D)
	$< manual $(basename $(@F)) >$@
$(BUILD)/completion/%: $(BUILD)/lectern
	@mkdir -p $(@D)
	$< completion $(@F) >$@

SHARE := $(DESTDIR)$(PREFIX)/share
INSTALLED := $(addprefix $(DESTDIR)$(PREFIX)/bin/,lectern lectern-bench) \
             $(addprefix $(SHARE)/,man/man1/lectern.1 man/man1/lectern-bench.1 man/man7/lectern-query.7 \
               bash-completion/completions/lectern zsh/site-functions/_lectern \
               fish/vendor_completions.d/lectern.fish)

install: all man completions
	install -D -m 755 $(BUILD)/lectern $(DESTDIR)$(PREFIX)/bin/lectern
	install -D -m 755 $(BUILD)/lectern-bench $(DESTDIR)$(PREFIX)/bin/lectern-bench
	install -D -m 644 $(BUILD)/man/lectern.1 $(SHARE)/man/man1/lectern.1
	install -D -m 644 $(BUILD)/man/lectern-bench.1 $(SHARE)/man/man1/lectern-bench.1
	install -D -m 644 $(BUILD)/man/lectern-query.7 $(SHARE)/man/man7/lectern-query.7
	install -D -m 644 $(BUILD)/completion/bash $(SHARE)/bash-completion/completions/lectern
	install -D -m 644 $(BUILD)/completion/zsh $(SHARE)/zsh/site-functions/_lectern
	install -D -m 644 $(BUILD)/completion/fish $(SHARE)/fish/vendor_completions.d/lectern.fish

uninstall:
	rm -f $(INSTALLED)

clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
