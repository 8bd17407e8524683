SRC_store += $(sort $(wildcard lib/store/people/*.c))
