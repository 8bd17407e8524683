SRC_hooks += $(sort $(wildcard mta-hooks/send/*.c))
