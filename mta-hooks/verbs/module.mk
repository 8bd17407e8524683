SRC_hooks += $(sort $(wildcard mta-hooks/verbs/*.c))
