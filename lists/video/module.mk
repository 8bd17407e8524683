SRC_lists += $(sort $(wildcard lists/video/*.c))
