SRC_store += $(sort $(wildcard lib/store/events/*.c))
