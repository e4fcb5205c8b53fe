"""Waivers: what may be found all the same is said with a reason, and said no longer than it is true."""
