SRC_lists += $(sort $(wildcard lists/requests/*.c))
