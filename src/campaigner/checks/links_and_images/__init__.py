"""Links and images: each leads somewhere, is sound, and is no larger than it must be."""
