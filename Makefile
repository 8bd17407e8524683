# Kiezpost's build: one make, no recursion. Everything it writes lies below build/<mode>/.
#
#   make                 the program, build/release/kiezpost
#   make demo            a neighbourhood's week through the real program: letters and pages to look at
#   make test            everything that can be tested, one line a test, the sum at the end
#   make bench           speed and memory beside other list managers, as ratios of one run
#   make install         below $(DESTDIR)$(PREFIX)
#   make deps            installs what build and tests need (apt, npm); says what, removes nothing;
#                        DEPS=build only what the program is built with
#   make floors          says which file looks upstairs (docs/design.md, "Folders and floors")
#   make fuzz            libFuzzer harnesses, each for FUZZ_SECONDS
#   make compile_commands.json   for editors and linters
#   make clean           removes build/
#   make help            this text
#
# Knobs, on the command line or in config.mk (not in git):
#   MODE=release|test|asan   test: with crash hooks; asan: with hooks, AddressSanitizer and UBSan
#   BUILD=DIR            where to write, default build/$(MODE)
#   DEVELOPER=1          warnings are errors
#   V=1                  show the commands
#   PREFIX=/usr/local    DESTDIR=      where `make install` puts things
#   ONLY=WORD            `make test`: only test files whose path holds WORD
#   REQUIRE=a,b          `make test`: a skip for want of a or b (postfix, chromium, sandbox) is a failure
#   DEPS=none            demo, test, bench, fuzz: with what is there; what cannot be tested is skipped visibly
#   FUZZ_SECONDS=60      how long `make fuzz` runs each harness

-include config.mk

MODE ?= release
BUILD ?= build/$(MODE)
PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
VERSION := 0.1.0
CC ?= cc
CLANG ?= clang

# Goals that start make anew use all processors unless somebody said -j.
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
# What a goal needs is installed before, unless DEPS=none.
INSTALL_DEPS = $(if $(filter none,$(DEPS)),true,sh mk/deps.sh)
SUBMAKE = $(MAKE) --no-print-directory $(PARALLEL)

.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := all

ifneq ($(V),1)
Q := @
endif

# ---- what is there: a module.mk a folder adds its sources to its floor ------------------------------------------
# The order of ROOMS is the order of the floors, lowest first; a room links with itself and what stands before it.
ROOMS := base text mail store lists archive hooks
include $(sort $(wildcard lib/*/module.mk lib/*/*/module.mk lists/module.mk lists/*/module.mk web-archive/module.mk \
  mta-hooks/module.mk mta-hooks/*/module.mk))
ifeq ($(MODE),fuzz)
# Harnesses drive readers of foreign bytes; the rest of the upper floors would only be built.
SRC_hooks := $(addprefix mta-hooks/,lmtp/core.c lmtp/dot.c lmtp/path.c lmtp/socketmap.c send/smtp_reply.c \
  verbs/import_files.c)
SRC_archive := web-archive/privacy.c web-archive/own_lines.c web-archive/memo.c
endif

# ---- flags -------------------------------------------------------------------------------------------------------
PACKAGES := glib-2.0 gio-unix-2.0 gmime-3.0 libetpan sqlite3 libcrypto libcmark icu-uc icu-i18n gumbo libpsl \
  json-glib-1.0 libseccomp libical libexif libheif libmicrohttpd
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
# libetpan.pc in Debian names a -specs file of its own build, which only dpkg-dev has and which undoes PIE.
# libheif is loaded where a picture needs it (lib/mail/pictures/heif.c); linked, its codecs cost every process 3 MB.
PKG_LIBS := $(filter-out -specs=% -lheif,$(shell pkg-config --libs $(PACKAGES) 2>/dev/null)) -lpthread -ldl -lm
ifeq ($(PKG_CFLAGS),)
ifneq ($(filter-out demo test bench fuzz deps floors help clean,$(or $(MAKECMDGOALS),all)),)
$(error Libraries that kiezpost is built with are missing: make deps says which and installs them)
endif
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wswitch-enum -Wstrict-prototypes \
  -Wmissing-prototypes -Wold-style-definition -Wformat=2 -Wvla -Wpointer-arith -Wwrite-strings -Wundef
ifeq ($(DEVELOPER),1)
WARNINGS += -Werror
endif

HARDENING := -fstack-protector-strong -fPIE
OPTIMISE_release := -O2 -g -D_FORTIFY_SOURCE=2
OPTIMISE_test := -O1 -g -DKIEZPOST_TEST_HOOKS
# lines and functions, which its reports name; variables are looked at in MODE=test
OPTIMISE_asan := -O1 -g1 -DKIEZPOST_TEST_HOOKS -fsanitize=address,undefined -fno-sanitize-recover=undefined \
  -fno-omit-frame-pointer
OPTIMISE_fuzz := -O1 -g -DKIEZPOST_TEST_HOOKS -fsanitize=fuzzer-no-link,address,undefined \
  -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LINK_release := -pie -Wl,-z,relro,-z,now
# the many programs of the tests are linked by gold, in a third of the time
LINK_test := $(LINK_release) -fuse-ld=gold
LINK_asan := -fuse-ld=gold -fsanitize=address,undefined
LINK_fuzz := -fsanitize=fuzzer,address,undefined
ifeq ($(MODE),fuzz)
override CC := $(CLANG)
endif

ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(OPTIMISE_$(MODE)) $(HARDENING) $(WARNINGS) -I. -I$(BUILD)/gen $(PKG_CFLAGS) \
  -DKIEZPOST_VERSION='"$(VERSION)"' -DKIEZPOST_SHARE='"$(PREFIX)/share/kiezpost"' $(CFLAGS)
ALL_LDFLAGS = $(LINK_$(MODE)) $(LDFLAGS)

# ---- objects, one archive a room ---------------------------------------------------------------------------------
objects = $(patsubst %.c,$(BUILD)/%.o,$(SRC_$(1))) $(patsubst %,$(BUILD)/gen/%.o,$(GEN_$(1)))
archive = $(BUILD)/$(1).a
# A room and all below it, top first: the order the linker wants.
reverse = $(if $(1),$(call reverse,$(wordlist 2,99,$(1))) $(firstword $(1)))
upto = $(if $(filter $(1),$(firstword $(2))),$(1),$(firstword $(2)) $(call upto,$(1),$(wordlist 2,99,$(2))))
room_archives = $(foreach r,$(call reverse,$(call upto,$(1),$(ROOMS))),$(call archive,$(r)))

.PHONY: all
all: $(BUILD)/kiezpost

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(if $(Q),@echo "  CC    $<")
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(if $(Q),@echo "  CC    $<")
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

define room_rule
$(call archive,$(1)): $(call objects,$(1))
	$$(if $$(Q),@echo "  AR    $$@")
	@rm -f $$@
	$$(Q)ar qcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

$(BUILD)/kiezpost: $(BUILD)/mta-hooks/main.o $(call room_archives,hooks)
	$(if $(Q),@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

include mk/generate.mk mk/test.mk mk/install.mk mk/demo.mk

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

.PHONY: help clean floors compile_commands.json deps
help:
	@sed -n '/^# Kiezpost/,/^$$/ s/^# \{0,1\}//p' Makefile

clean:
	rm -rf build compile_commands.json

floors:
	@sh mk/floors.sh

compile_commands.json:
	@sh mk/compile-commands.sh '$(CC) $(subst ','\'',$(ALL_CFLAGS))' mta-hooks/main.c $(foreach r,$(ROOMS),$(SRC_$(r))) \
	  $(UNIT_SOURCES) $(TOOL_SOURCES) $(FUZZ_SOURCES) > $@.tmp && mv $@.tmp $@

# DEPS names what for: build, test, bench
deps:
	@sh mk/deps.sh $(or $(filter-out none,$(DEPS)),build test)
