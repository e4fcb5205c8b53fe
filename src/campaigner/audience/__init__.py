"""The audience: who signed up, to what they agreed, and who must not be written to.

Functions take a connection within a transaction of `Database.writing()` or `Database.reading()`, so that what
belongs together is kept together or not at all. Time, ids and tokens come in as parameters.
"""
