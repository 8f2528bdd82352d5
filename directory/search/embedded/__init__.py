"""The engine without a server: SQLite FTS5 and plain tables, in the directory's own database."""
