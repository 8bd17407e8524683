SRC_lists += $(sort $(wildcard lists/events/*.c lists/events/hosts/*.c))
