# The schema and the named statements are .sql files; awk makes C of them (gcc 12 has no #embed).
SQL_SCHEMA := $(sort $(wildcard lib/store/schema/*.sql))
SQL_QUERIES := $(sort $(wildcard lib/store/queries/*.sql))

$(BUILD)/gen/store_sql.c: mk/sql-to-c.awk $(SQL_SCHEMA) $(SQL_QUERIES)
	@mkdir -p $(@D)
	@awk -f mk/sql-to-c.awk -v part=source $(SQL_SCHEMA) $(SQL_QUERIES) > $@.tmp && mv $@.tmp $@
$(BUILD)/gen/store_sql.h: mk/sql-to-c.awk $(SQL_SCHEMA) $(SQL_QUERIES)
	@mkdir -p $(@D)
	@awk -f mk/sql-to-c.awk -v part=header $(SQL_SCHEMA) $(SQL_QUERIES) > $@.tmp && mv $@.tmp $@
$(BUILD)/gen/store_sql.o: $(BUILD)/gen/store_sql.h
$(patsubst %.c,$(BUILD)/%.o,$(SRC_store)): | $(BUILD)/gen/store_sql.h

# How numbers are spelled, asked of ICU once, here: the table is the same in every mode.
$(BUILD)/gen/spell-numbers: mk/spell-numbers.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 -O1 $(WARNINGS) -o $@ $< $(shell pkg-config --cflags --libs icu-i18n icu-uc 2>/dev/null)
$(BUILD)/gen/number_words.c: $(BUILD)/gen/spell-numbers
	@$< > $@.tmp && mv $@.tmp $@
