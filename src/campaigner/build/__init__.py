"""Decides what must be rendered again, has it rendered, and puts it into the output folder."""
