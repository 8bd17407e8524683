SRC_lists += $(sort $(wildcard lists/frontdoor/*.c))
