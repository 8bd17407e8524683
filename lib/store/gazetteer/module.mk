SRC_store += $(sort $(wildcard lib/store/gazetteer/*.c))
