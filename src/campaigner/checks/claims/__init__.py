"""Claims and sources: who says so, and since when."""
