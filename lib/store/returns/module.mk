SRC_store += $(sort $(wildcard lib/store/returns/*.c))
