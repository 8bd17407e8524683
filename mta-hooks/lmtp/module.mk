SRC_hooks += $(sort $(wildcard mta-hooks/lmtp/*.c))
