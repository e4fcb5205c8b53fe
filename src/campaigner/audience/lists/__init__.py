"""Lists that come in: read, judged and brought into the database."""
