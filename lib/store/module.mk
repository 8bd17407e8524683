SRC_store += $(sort $(wildcard lib/store/*.c))
GEN_store += store_sql
