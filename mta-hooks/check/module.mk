SRC_hooks += $(sort $(wildcard mta-hooks/check/*.c))
