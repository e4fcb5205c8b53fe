"""Turns values into files in memory; nothing here writes to the output folder."""
