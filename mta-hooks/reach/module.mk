SRC_hooks += $(sort $(wildcard mta-hooks/reach/*.c))
