SRC_hooks += $(sort $(wildcard mta-hooks/office/*.c))
