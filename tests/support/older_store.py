"""older_store.py DATABASE VERSION: makes a store one of an older version again, with the rows it has: whatever the schema scripts
up to VERSION do not make is dropped. For tests of upgrades."""
import glob
import os
import sqlite3
import sys

path, version = sys.argv[1], int(sys.argv[2])
schema = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "lib", "store", "schema")
old = sqlite3.connect(":memory:")
for script in sorted(glob.glob(os.path.join(schema, "[0-9]*.sql"))):
    if int(os.path.basename(script).split("-")[0]) <= version:
        with open(script, encoding="utf-8") as text:
            old.executescript(text.read())


def names(db, kind):
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'", (kind,))
    return {row[0] for row in rows}


def columns(db, table):
    return {row[1] for row in db.execute(f"PRAGMA table_info({table})")}


db = sqlite3.connect(path)
db.execute("PRAGMA foreign_keys = OFF")
for index in names(db, "index") - names(old, "index"):
    db.execute(f"DROP INDEX {index}")
for table in names(db, "table") - names(old, "table"):
    db.execute(f"DROP TABLE {table}")
for table in names(old, "table"):
    for column in columns(db, table) - columns(old, table):
        db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
db.execute(f"PRAGMA user_version = {version}")
db.commit()
