"""State that a restart must not lose: SQLite by itself, PostgreSQL when several processes share the work."""
