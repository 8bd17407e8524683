SRC_store += $(sort $(wildcard lib/store/moderation/*.c))
