"""Merge fields: the letter is right for each reader, and not only for the one that was looked at."""
