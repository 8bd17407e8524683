SRC_hooks += $(sort $(wildcard mta-hooks/admin/*.c))
