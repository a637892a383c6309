"""Every line of SQL. One text for both engines: DuckDB (embedded) and PostgreSQL (shared)."""
