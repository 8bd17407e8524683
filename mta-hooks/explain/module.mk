SRC_hooks += $(sort $(wildcard mta-hooks/explain/*.c))
