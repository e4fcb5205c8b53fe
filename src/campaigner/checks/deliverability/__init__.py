"""Deliverability: the mail arrives, and in the inbox."""
