SRC_store += $(sort $(wildcard lib/store/jobs/*.c))
