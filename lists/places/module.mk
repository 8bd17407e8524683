SRC_lists += $(sort $(wildcard lists/places/*.c))
