# Turns schema/NNN-name.sql and queries/*.sql into C. A schema file becomes one string (its number from the file
# name); a query file holds statements, each under a line "-- name: some_name" and a mark of its database,
# "-- db: store" (default) or "-- db: inbox", that holds until the next mark. part=header prints the enum, part=source the tables.
# Files of the inbox's schema are named inbox-NNN-*.sql.
function quoted(line) { gsub(/\\/, "\\\\", line); gsub(/"/, "\\\"", line); return "  \"" line "\\n\"\n" }
FNR == 1 {
  is_schema = FILENAME ~ /\/schema\//
  name = ""; db = "store"
  if (is_schema) {
    base = FILENAME; sub(/.*\//, "", base)
    schema_db[++schemas] = (base ~ /^inbox-/) ? "inbox" : "store"
    number = base; sub(/^inbox-/, "", number); sub(/-.*/, "", number)
    schema_number[schemas] = number + 0
    schema_file[schemas] = base
  }
}
is_schema { schema_text[schemas] = schema_text[schemas] quoted($0); next }
/^-- db: / { db = $3; next }
/^-- name: / { name = $3; names[++queries] = name; query_db[queries] = db; next }
name != "" && !/^[ \t]*--/ && !/^[ \t]*$/ { query_text[queries] = query_text[queries] quoted($0) }
END {
  if (part == "header") {
    print "/* Made from lib/store/schema and lib/store/queries. */"
    print "#ifndef STORE_SQL_H\n#define STORE_SQL_H"
    print "enum database { DATABASE_STORE, DATABASE_INBOX };"
    print "enum query {"
    for (i = 1; i <= queries; i++) printf "  Q_%s,\n", toupper(names[i])
    print "  QUERY_COUNT\n};"
    print "struct query_text { const char *name; enum database database; const char *sql; };"
    print "struct schema_text { const char *file; enum database database; int number; const char *sql; };"
    print "extern const struct query_text query_texts[QUERY_COUNT];"
    printf "enum { SCHEMA_COUNT = %d };\n", schemas
    print "extern const struct schema_text schema_texts[SCHEMA_COUNT];\n#endif"
  } else {
    print "/* Made from lib/store/schema and lib/store/queries. */\n#include \"store_sql.h\""
    print "const struct query_text query_texts[QUERY_COUNT] = {"
    for (i = 1; i <= queries; i++)
      printf " [Q_%s] = { \"%s\", DATABASE_%s,\n%s },\n", toupper(names[i]), names[i], toupper(query_db[i]), query_text[i]
    print "};\nconst struct schema_text schema_texts[SCHEMA_COUNT] = {"
    for (i = 1; i <= schemas; i++)
      printf " { \"%s\", DATABASE_%s, %d,\n%s },\n", schema_file[i], toupper(schema_db[i]), schema_number[i], schema_text[i]
    print "};"
  }
}
