"""Accessibility: whoever reads with eyes, ears or fingers gets the same."""
