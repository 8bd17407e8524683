SRC_lists += $(sort $(wildcard lists/moderation/*.c))
