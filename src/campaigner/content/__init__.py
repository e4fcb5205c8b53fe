"""Turns the files of a workspace into values, and tells everything that is wrong with them."""
