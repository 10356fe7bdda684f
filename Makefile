# framescope: `make help` lists the targets. One build folder a configuration: build/<config>/.

VERSION := 0.1.0
CONFIG ?= release
B ?= build/$(CONFIG)
PREFIX ?= /usr/local
DESTDIR ?=
CC ?= cc
AR ?= ar
PKG_CONFIG ?= pkg-config
PYTHON ?= python3
V ?= 0
Q := $(if $(filter 1,$(V)),,@)

LIBS := libxml-2.0 libpcre2-8 libutf8proc json-c zlib libzstd libarchive sqlite3 nettle yaml-0.1
# asked once, and not before the first recipe needs it: in `make deps check` the packages are not there yet when this file is read
LIB_CFLAGS = $(eval LIB_CFLAGS := $$(shell $(PKG_CONFIG) --cflags $(LIBS)))$(LIB_CFLAGS)
LIB_LDLIBS = $(eval LIB_LDLIBS := $$(shell $(PKG_CONFIG) --libs $(LIBS)))$(LIB_LDLIBS)

WARN := -Wall -Wextra -Wpedantic -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wwrite-strings \
        -Wformat=2 -Wundef -Wshadow -Wno-format-nonliteral -fno-common $(if $(WERROR),-Werror)
OPT_release := -O3 -g
OPT_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -DFSC_ARENA_DEBUG
OPT_tsan := -O1 -g -fsanitize=thread
OPT_debug := -O0 -g -DFSC_ARENA_DEBUG
OPT := $(OPT_$(CONFIG))
CPPFLAGS += -Isrc -D_GNU_SOURCE -DFSC_VERSION='"$(VERSION)"'
ALL_CFLAGS = -std=c11 $(OPT) -fPIC -fvisibility=hidden $(WARN) $(LIB_CFLAGS) $(CFLAGS)
ALL_LDFLAGS := $(filter -fsanitize%,$(OPT)) $(LDFLAGS)
LDLIBS = $(LIB_LDLIBS) -lm -lpthread

ROOMS := $(shell awk -F: '!/^#/ && NF {gsub(/ /, "", $$1); print $$1}' src/ROOMS)
LIB_ROOMS := $(filter-out cli,$(ROOMS))
# sources of a room, without programs (files with a main)
room_src = $(filter-out %_main.c,$(sort $(wildcard src/$(1)/*.c)))
room_obj = $(patsubst src/%.c,$(B)/obj/%.o,$(call room_src,$(1)))
# a room and all rooms below it, by src/ROOMS
closure = $(shell awk -F: -v want='$(1)' 'function add(r,  i, n, p) { if (r in seen) return; seen[r] = 1; out = out " " r; n = split(dep[r], p, " "); for (i = 1; i <= n; i++) add(p[i]) } \
	!/^\#/ && NF { gsub(/ /, "", $$1); dep[$$1] = $$2 } END { add(want); print out }' src/ROOMS)

.PHONY: all
all: $(B)/framescope $(B)/libframescope.a $(B)/libframescope.so

.DELETE_ON_ERROR:
.SECONDARY:

# ---------------------------------------------------------------- objects

# the flags of the last build: a change rebuilds
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(CPPFLAGS) $(ALL_CFLAGS)' > $@
FORCE:

$(B)/obj/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D)
	$(if $(Q),@echo "  CC    $<")
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(B)/test/%.o: tests/%.c $(B)/flags
	@mkdir -p $(@D)
	$(if $(Q),@echo "  CC    $<")
	$(Q)$(CC) $(CPPFLAGS) -Itests $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# the shipped lexicons, compiled and laid out for loading without parsing
LEXICONS := $(sort $(wildcard lexicons/*/*.tsv))
$(B)/lexc: $(foreach r,$(call closure,lexicon),$(call room_obj,$(r))) $(B)/obj/lexicon/lexc_main.o
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)
$(B)/gen/lexicons.img: $(B)/lexc $(LEXICONS)
	@mkdir -p $(@D)
	$(if $(Q),@echo "  LEX   $@")
	$(Q)$(B)/lexc -o $@ $(LEXICONS)
$(B)/rules: $(foreach r,$(call closure,voice) framing revision,$(call room_obj,$(r))) $(B)/obj/engine/rules.o $(B)/obj/engine/rules_main.o
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)
$(B)/gen/rules.img: $(B)/rules $(B)/gen/lexicons.img
	$(if $(Q),@echo "  RULES $@")
	$(Q)$(B)/rules -o $@ $(B)/gen/lexicons.img
$(B)/gen/lexicons.bundle: $(LEXICONS)
	@mkdir -p $(@D)
	$(Q)for f in $(LEXICONS); do printf '%s %d\n' $$f $$(wc -c < $$f); cat $$f; done > $@
$(B)/obj/engine/builtin.o: $(B)/gen/lexicons.img $(B)/gen/rules.img $(B)/gen/lexicons.bundle
$(B)/obj/engine/builtin.o: CPPFLAGS += -DFSC_LEXICON_IMAGE='"$(B)/gen/lexicons.img"' -DFSC_LEXICON_RULES='"$(B)/gen/rules.img"' -DFSC_LEXICON_BUNDLE='"$(B)/gen/lexicons.bundle"'

# ---------------------------------------------------------------- products

LIB_OBJ := $(foreach r,$(LIB_ROOMS),$(call room_obj,$(r)))
CLI_OBJ := $(call room_obj,cli) $(B)/obj/cli/framescope_main.o

$(B)/libframescope.a: $(LIB_OBJ)
	$(if $(Q),@echo "  AR    $@")
	$(Q)rm -f $@ && $(AR) rcs $@ $^
$(B)/libframescope.so: $(LIB_OBJ)
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(CC) -shared -Wl,-soname,libframescope.so.0 $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)
	@ln -sf libframescope.so $@.0
$(B)/framescope: $(CLI_OBJ) $(B)/libframescope.a
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

# ---------------------------------------------------------------- tests
# `make unit R=text` builds and runs the unit tests of one room and links only the rooms below it.

R ?= $(LIB_ROOMS)
UNIT_SRC := $(foreach r,$(R),$(sort $(wildcard tests/unit/$(r)/test_*.c)))
UNIT_BIN := $(patsubst tests/%.c,$(B)/test/%,$(UNIT_SRC))

define unit_rule
$(B)/test/unit/$(1)/%: $(B)/test/unit/$(1)/%.o $$(foreach r,$$(call closure,$(1)),$$(call room_obj,$$(r)))
	$$(if $$(Q),@echo "  LD    $$@")
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ -lcmocka $$(LDLIBS)
endef
$(foreach r,$(LIB_ROOMS),$(eval $(call unit_rule,$(r))))

.PHONY: unit
unit: $(UNIT_BIN)
	@tests/run $(UNIT_BIN)

PROG := $(B)/framescope
PYTESTS = $(foreach t,$(sort $(wildcard tests/cli/*.py tests/voice/*.py tests/revision/*.py)),"$(PYTHON) $(t) $(PROG)") \
          $(foreach t,$(sort $(wildcard tests/python/*.py)),"$(PYTHON) $(t) $(PROG) $(B)/libframescope.so")

# fuzz targets replay their seeds without a fuzzer
FUZZ := $(patsubst tests/fuzz/%.c,%,$(filter-out %_main.c,$(wildcard tests/fuzz/*.c)))
FUZZ_BIN := $(addprefix $(B)/test/fuzz/,$(FUZZ))
$(FUZZ_BIN): $(B)/test/fuzz/%: $(B)/test/fuzz/%.o $(B)/test/fuzz/replay_main.o $(B)/libframescope.a
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)

PROPERTY_BIN := $(patsubst tests/%.c,$(B)/test/%,$(sort $(wildcard tests/property/test_*.c tests/pathological/test_*.c tests/faults/test_*.c)))
$(B)/test/faults/%: WRAP := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=free
$(B)/test/faults/test_threads: WRAP := -Wl,--wrap=pthread_create
$(B)/test/faults/test_io: WRAP := -Wl,--wrap=write,--wrap=fsync,--wrap=rename,--wrap=ftruncate
$(PROPERTY_BIN): $(B)/test/%: $(B)/test/%.o $(B)/libframescope.a
	$(if $(Q),@echo "  LD    $@")
	$(Q)$(CC) $(ALL_LDFLAGS) $(WRAP) -o $@ $^ -lcmocka $(LDLIBS)

.PHONY: check fuzz-replay property golden lexicons python
fuzz-replay: $(FUZZ_BIN)
	@tests/run $(foreach t,$(FUZZ),"$(B)/test/fuzz/$(t) tests/fuzz/seeds/$(t)")
property: $(PROPERTY_BIN)
	@tests/run $(PROPERTY_BIN)
golden: $(PROG)
	@tests/run "$(PYTHON) tests/golden/run.py $(PROG) $(CASE)"
lexicons: $(PROG)
	@tests/run "$(PYTHON) tests/lexicons/run_cases.py $(PROG)" "$(PYTHON) tests/lexicons/run_neutrality.py $(PROG)" "$(PYTHON) tests/lexicons/run_coverage.py $(PROG)"
python: $(PROG) $(B)/libframescope.so
	@tests/run $(PYTESTS)

# everything that must hold before a commit; the last line counts
CHECKS = $(UNIT_BIN) $(PROPERTY_BIN) $(foreach t,$(FUZZ),"$(B)/test/fuzz/$(t) tests/fuzz/seeds/$(t)") \
         "$(PYTHON) tests/golden/run.py $(PROG)" "$(PYTHON) tests/lexicons/run_cases.py $(PROG)" "$(PYTHON) tests/lexicons/run_neutrality.py $(PROG)" "$(PYTHON) tests/lexicons/run_coverage.py $(PROG)" \
         $(PYTESTS)
check: all $(UNIT_BIN) $(PROPERTY_BIN) $(FUZZ_BIN)
	@TEST_CC="$(CC)" TEST_CFLAGS="$(CPPFLAGS) $(LIB_CFLAGS)" tests/run "tests/lint/lint $(B)" $(CHECKS)

# what takes minutes or needs the machine: a real Slurm on loopback; 200 kills of a running job
.PHONY: check-cluster check-kills
check-cluster: $(PROG)
	@TEST_TIMEOUT=600 tests/run "$(PYTHON) tests/cluster/test_slurm.py $(PROG)"
check-kills: $(PROG)
	@FSC_KILLS=200 TEST_TIMEOUT=3600 tests/run "$(PYTHON) tests/cli/test_long.py $(PROG)"

# the same under sanitizers and valgrind
.PHONY: check-all check-asan check-tsan check-valgrind
check-all: check check-asan check-tsan check-valgrind
check-asan:
	@$(MAKE) --no-print-directory CONFIG=asan B=build/asan check-under
check-tsan:
	@$(MAKE) --no-print-directory CONFIG=tsan B=build/tsan check-threads
check-valgrind:
	@$(MAKE) --no-print-directory CONFIG=debug B=build/debug check-memory
.PHONY: check-under check-threads check-memory
# Python does not load a sanitized library, so the .so tests stay out here
check-under: $(PROG) $(UNIT_BIN) $(PROPERTY_BIN) $(FUZZ_BIN)
	@TEST_SLOW=20 tests/run $(UNIT_BIN) $(PROPERTY_BIN) $(foreach t,$(FUZZ),"$(B)/test/fuzz/$(t) tests/fuzz/seeds/$(t)") \
	    "$(PYTHON) tests/golden/run.py $(PROG)" "$(PYTHON) tests/lexicons/run_cases.py $(PROG)" $(foreach t,$(sort $(wildcard tests/cli/*.py)),"$(PYTHON) $(t) $(PROG)")
check-threads: $(PROG)
	@TEST_SLOW=20 tests/run "$(PYTHON) tests/golden/run.py $(PROG)" "$(PYTHON) tests/cli/test_jobs.py $(PROG)"
# worst-case inputs take valgrind many minutes: these programs run under ASan only
HEAVY := %/test_match %/test_bounds %/test_pathological %/test_uax %/test_html %/test_text
check-memory: $(PROG) $(UNIT_BIN)
	@TEST_SLOW=50 TEST_TIMEOUT=2400 tests/run "tests/lint/memory $(PROG) $(filter-out $(HEAVY),$(UNIT_BIN))"

.PHONY: lint format format-check
lint: all
	@TEST_CC="$(CC)" TEST_CFLAGS="$(CPPFLAGS) $(LIB_CFLAGS)" tests/run "tests/lint/lint $(B)"
format:
	clang-format -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')
format-check:
	clang-format --dry-run -Werror $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')

# ---------------------------------------------------------------- packages

DEBIAN := gcc make pkg-config libxml2-dev libpcre2-dev libutf8proc-dev libjson-c-dev zlib1g-dev libzstd-dev libarchive-dev libsqlite3-dev nettle-dev libyaml-dev libcmocka-dev \
          python3 unicode-data valgrind parallel sqlite3
FEDORA := gcc make pkgconf libxml2-devel pcre2-devel utf8proc-devel json-c-devel zlib-devel libzstd-devel libarchive-devel sqlite-devel nettle-devel libyaml-devel libcmocka-devel python3 valgrind parallel
BREW := pkg-config libxml2 pcre2 utf8proc json-c zstd libarchive sqlite nettle libyaml cmocka python parallel
ALPINE := gcc make musl-dev pkgconf libxml2-dev pcre2-dev utf8proc-dev json-c-dev zlib-dev zstd-dev libarchive-dev sqlite-dev nettle-dev yaml-dev cmocka-dev python3 parallel

.PHONY: deps
deps:
	@tests/deps "$(DEBIAN)" "$(FEDORA)" "$(BREW)" "$(ALPINE)"

# ---------------------------------------------------------------- the main job, on the corpus

.PHONY: demo
demo: all
	@mkdir -p build/demo
	@echo "Scores of the corpus: rates a 1,000 words, a row a document"
	@$(PROG) score --format table corpus/pages corpus/posts
	@$(PROG) score --format csv -o build/demo/scores.csv corpus/pages corpus/posts
	@$(PROG) cues --format csv -o build/demo/cues.csv corpus/pages corpus/posts
	@echo
	@echo "What the edit of a post did, in words and in framing:"
	@$(PROG) diff corpus/revisions/axios-deleted.txt corpus/revisions/axios-revised.txt
	@echo "build/demo/scores.csv: $$(($$(wc -l < build/demo/scores.csv) - 1)) documents; build/demo/cues.csv: $$(($$(wc -l < build/demo/cues.csv) - 1)) lines of cues"

# ---------------------------------------------------------------- installing

.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/share/man/man1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -m 755 $(PROG) $(DESTDIR)$(PREFIX)/bin/framescope
	install -m 644 $(B)/libframescope.a $(DESTDIR)$(PREFIX)/lib/libframescope.a
	install -m 755 $(B)/libframescope.so $(DESTDIR)$(PREFIX)/lib/libframescope.so.0
	ln -sf libframescope.so.0 $(DESTDIR)$(PREFIX)/lib/libframescope.so
	install -m 644 src/framescope.h $(DESTDIR)$(PREFIX)/include/framescope.h
	$(PROG) --man > $(DESTDIR)$(PREFIX)/share/man/man1/framescope.1
	$(PROG) --completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/framescope
	$(PROG) --completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_framescope
	printf 'Name: framescope\nDescription: how a text frames its subject\nVersion: %s\nLibs: -L%s/lib -lframescope\nLibs.private: %s\nCflags: -I%s/include\n' \
	    '$(VERSION)' '$(PREFIX)' '$(LDLIBS)' '$(PREFIX)' > $(DESTDIR)$(PREFIX)/lib/pkgconfig/framescope.pc
uninstall:
	rm -f $(addprefix $(DESTDIR)$(PREFIX)/,bin/framescope lib/libframescope.a lib/libframescope.so lib/libframescope.so.0 include/framescope.h \
	    share/man/man1/framescope.1 share/bash-completion/completions/framescope share/zsh/site-functions/_framescope lib/pkgconfig/framescope.pc)

# ---------------------------------------------------------------- the rest

.PHONY: bench compile_commands.json clean help
# what this machine or its packages lack is left out, and reported as not run
BENCH_BIN := $(B)/bench/rooms $(B)/bench/floor $(B)/bench/peer_hyperscan $(B)/bench/peer_pcre2
$(B)/bench/rooms: tests/bench/rooms.c $(B)/libframescope.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $^ $(LDLIBS)
$(B)/bench/floor: tests/bench/floor.c tests/bench/bench.h
	@mkdir -p $(@D)
	-$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O3 -mavx2 $(WARN) -o $@ $< 2> $@.log
$(B)/bench/peer_hyperscan: tests/bench/peer_hyperscan.c tests/bench/bench.h
	@mkdir -p $(@D)
	-$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) -o $@ $< -lhs 2> $@.log
$(B)/bench/peer_pcre2: tests/bench/peer_pcre2.c tests/bench/bench.h
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O2 $(WARN) -o $@ $< $(LDLIBS)
bench: all $(BENCH_BIN)
	@$(PYTHON) tests/bench/bench.py $(PROG) $(B)/bench $(MB)

compile_commands.json:
	@mkdir -p build
	@$(PYTHON) -c "import json,sys,os; d=os.getcwd(); print(json.dumps([{'directory':d,'file':f,'command':sys.argv[1]+' -c '+f} for f in sys.argv[2:]],indent=1))" \
	    "$(CC) $(CPPFLAGS) -Itests $(ALL_CFLAGS)" $(wildcard src/*/*.c tests/*/*.c tests/unit/*/*.c) > build/compile_commands.json

# one round of real fuzzing of one target: make fuzz T=html SECS=60
T ?= html
SECS ?= 60
.PHONY: fuzz
fuzz:
	@mkdir -p build/fuzz/$(T)
	@$(MAKE) --no-print-directory CC=clang CONFIG=asan B=build/fuzzer build/fuzzer/libframescope.a
	clang -g -O1 -fsanitize=address,undefined,fuzzer $(CPPFLAGS) $(LIB_CFLAGS) -o build/fuzzer/$(T) tests/fuzz/$(T).c build/fuzzer/libframescope.a $(LDLIBS)
	build/fuzzer/$(T) -max_total_time=$(SECS) $(if $(wildcard tests/fuzz/$(T).dict),-dict=tests/fuzz/$(T).dict) build/fuzz/$(T) tests/fuzz/seeds/$(T)

clean:
	rm -rf build

help:
	@echo 'make               library (.a, .so) and command, in build/release'
	@echo 'make deps          install the packages that building and testing need'
	@echo 'make demo          build and run the main job on corpus/'
	@echo 'make check         all tests; last line "N passed, N failed"'
	@echo 'make check-all     the same under ASan+UBSan, TSan (threads) and valgrind'
	@echo 'make check-cluster a Slurm on loopback runs a plan and loses a node;  check-kills  kill -9 at 200 points'
	@echo 'make unit R=text   unit tests of one room;  golden CASE=x, lexicons, python, property, fuzz-replay'
	@echo 'make lint          rooms, headers alone, symbols, sizes, banned functions'
	@echo 'make fuzz T=html SECS=60   fuzz one target (clang)'
	@echo 'make bench MB=16   speed, memory and worst cases against goals, floor and peers'
	@echo 'make format        clang-format;  compile_commands.json  for editors;  clean'
	@echo 'make install       PREFIX=/usr/local DESTDIR=;  uninstall'
	@echo 'CONFIG=release|debug|asan|tsan, B=build/folder, V=1, WERROR=1'
