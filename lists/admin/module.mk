SRC_lists += $(sort $(wildcard lists/admin/*.c))
