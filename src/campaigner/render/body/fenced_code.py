"""Markdown's fenced code, without the highlighter that is loaded with it and that nobody here asks for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def _without_pygments() -> Iterator[None]:
    """Have Pygments not be found: Markdown does without it, and loading it takes as long as Markdown itself."""
    if "pygments" in sys.modules:
        yield
        return
    sys.modules["pygments"] = None  # type: ignore[assignment]  # how Python notes what is not there
    try:
        yield
    finally:
        del sys.modules["pygments"]


with _without_pygments():
    from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension

__all__ = ("FencedBlockPreprocessor", "FencedCodeExtension")
