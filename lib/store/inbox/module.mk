SRC_store += $(sort $(wildcard lib/store/inbox/*.c))
