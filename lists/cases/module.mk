SRC_lists += $(sort $(wildcard lists/cases/*.c))
