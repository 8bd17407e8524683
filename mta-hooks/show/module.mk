SRC_hooks += $(sort $(wildcard mta-hooks/show/*.c))
