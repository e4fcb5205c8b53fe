"""The database of the audience: its tables, its transactions, its backups."""
