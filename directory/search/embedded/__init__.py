"""The engine without a server: full text and plain tables, in the directory's own database."""
