SRC_store += $(sort $(wildcard lib/store/cases/*.c))
