SRC_archive += $(sort $(wildcard web-archive/*.c))
