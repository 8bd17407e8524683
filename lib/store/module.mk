SRC_store += $(sort $(wildcard lib/store/*.c))
GEN_store += store_sql
# The tests look at the statements themselves (their plans).
$(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/unit/store/*.c)): | $(BUILD)/gen/store_sql.h
