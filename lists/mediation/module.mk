SRC_lists += $(sort $(wildcard lists/mediation/*.c))
