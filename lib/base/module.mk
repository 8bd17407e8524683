SRC_base += $(sort $(wildcard lib/base/*.c))
