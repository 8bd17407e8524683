# Tests. tests/unit/<room>/…/test_*.c lie in folders as their room's sources do (docs/design.md), and link with their
# room and the rooms below it only, so a test shows at once who looks upstairs. tests/{cli,system,crash,pages}/*.{sh,js}
# are run as they are, with KIEZPOST naming the program.
UNIT_SOURCES := $(sort $(wildcard $(patsubst %,tests/unit/%/test_*.c,* */* */*/*)))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(UNIT_SOURCES))
CMOCKA_LIBS := -lcmocka
TEST_SUPPORT := $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/support/*.c)))

# The tests of a folder are one program, `all`; each test is a link to it, by whose name it runs (tests/support/unit.h).
# They are compiled without optimising: the compiler spends its time on what a test runs once.
UNIT_FOLDERS := $(sort $(patsubst tests/unit/%/,%,$(dir $(UNIT_SOURCES))))
$(BUILD)/tests/unit/%.o: ALL_CFLAGS += -O0 -Dmain=$(*F)_main -DUNIT_TEST='"$(*F)"' -include tests/support/unit.h
$(patsubst %.c,$(BUILD)/%.o,$(UNIT_SOURCES)): tests/support/unit.h

define unit_rule
$(BUILD)/unit/$(1)/all: $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/$(1)/test_*.c)) $(TEST_SUPPORT) \
  $(call room_archives,$(firstword $(subst /, ,$(1))))
	@mkdir -p $$(@D)
	$$(if $$(Q),@echo "  LINK  $$@")
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) $$(CMOCKA_LIBS) $$(PKG_LIBS)
$(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/$(1)/test_*.c)): $(BUILD)/unit/$(1)/all
	@ln -sf all $$@
endef
$(foreach f,$(UNIT_FOLDERS),$(eval $(call unit_rule,$(f))))
# it makes pictures of its own
$(BUILD)/unit/mail/all: PKG_LIBS += -lheif
.PRECIOUS: $(BUILD)/%.o

# small programs that tests and the bench use: build/<mode>/tools/<name> from tests/{tools,bench}/<name>.c; shared
# objects from *.so.c
TOOL_SOURCES := $(sort $(filter-out %.so.c,$(wildcard tests/tools/*.c tests/bench/*.c)))
TOOLS := $(patsubst %.c,$(BUILD)/tools/%,$(notdir $(TOOL_SOURCES)))
PRELOADS := $(patsubst tests/tools/%.so.c,$(BUILD)/tools/%.so,$(sort $(wildcard tests/tools/*.so.c)))
define tool_rule
$(BUILD)/tools/%: $(BUILD)/tests/$(1)/%.o $(call room_archives,hooks)
	@mkdir -p $$(@D)
	$$(if $$(Q),@echo "  LINK  $$@")
	$$(Q)$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(PKG_LIBS)
endef
$(foreach folder,tools bench,$(eval $(call tool_rule,$(folder))))
# the sink speaks TLS too
$(BUILD)/tools/smtp_sink: PKG_LIBS += -lssl
$(BUILD)/tools/%.so: tests/tools/%.so.c
	@mkdir -p $(@D)
	$(if $(Q),@echo "  LINK  $@")
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE -O1 -g -fPIC -shared $(WARNINGS) -o $@ $< -ldl -lpthread

FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/*/fuzz_*.c))
FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(FUZZ_SOURCES))
$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/initialize.o $(call room_archives,hooks)
	@mkdir -p $(@D)
	$(if $(Q),@echo "  LINK  $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

.PHONY: unit tools fuzzers test test-run fuzz
unit: $(UNIT_TESTS)
tools: $(TOOLS) $(PRELOADS)
fuzzers: $(FUZZERS)

# `make test` first installs, then starts make anew: pkg-config must see what was just installed.
test:
	@$(INSTALL_DEPS) build test
	@$(SUBMAKE) floors
	@$(SUBMAKE) MODE=release all
	@$(SUBMAKE) MODE=test all unit tools
	@$(SUBMAKE) MODE=asan all unit
	@$(SUBMAKE) MODE=fuzz fuzzers
	@bash tests/run

fuzz:
	@$(INSTALL_DEPS) build test
	@$(SUBMAKE) MODE=fuzz fuzzers
	@bash tests/fuzz/run $(FUZZ_SECONDS)
