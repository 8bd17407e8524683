SRC_lists += $(sort $(wildcard lists/events/*.c))
