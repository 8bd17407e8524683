SRC_store += $(sort $(wildcard lib/store/mediation/*.c))
