"""One article in, a whole campaign out: blog post, newsletter and sign-up page."""

__version__ = "0.1.0"
