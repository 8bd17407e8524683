SRC_hooks += $(sort $(wildcard mta-hooks/http/*.c))
