SRC_archive += $(sort $(wildcard web-archive/*.c web-archive/cases/*.c web-archive/events/*.c))
