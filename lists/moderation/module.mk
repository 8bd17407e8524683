SRC_lists += $(sort $(wildcard lists/moderation/*.c))
SRC_lists += $(sort $(wildcard lists/moderation/said/*.c))
