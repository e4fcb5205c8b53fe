"""How the tables came to be: one file a step, run by `migrating.py`, never changed once it was released."""
