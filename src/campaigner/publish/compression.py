"""Compresses text files ahead, as much as it goes: a server then need not do it for each reader."""

import gzip
from collections.abc import Sequence
from importlib.util import find_spec

from campaigner.content.workspace import SETTINGS_FILE
from campaigner.errors import Fault, PublishError

ENDINGS = {"gzip": ".gz", "brotli": ".br"}
TEXT = (".html", ".css", ".js", ".xml", ".txt", ".svg", ".json", ".webmanifest")


def check_compression(names: Sequence[str]) -> None:
    """Raise PublishError where what compresses is not installed."""
    if "brotli" in names and find_spec("brotli") is None:
        message = "brotli is not installed"
        hint = "Install it with `pip install brotli`, or take it out of precompress"
        raise PublishError(Fault(path=SETTINGS_FILE, message=message, hint=hint))


def beside_each(names: Sequence[str], to: str) -> str:
    """How text lies compressed beside each file of a target at an address, sorted; empty for not at all.

    A bucket has each file in one form only: that in which it was brought.
    """
    return "" if to.startswith("s3://") else " ".join(sorted({*names}))


def is_worth_it(path: str) -> bool:
    """Whether a file is text; pictures and fonts are compressed already."""
    return path.endswith(TEXT)


def compressed(content: bytes, name: str) -> bytes:
    """The content as "gzip" (RFC 1952) or "brotli" (RFC 7932) has it; empty where that is no smaller."""
    if name == "gzip":
        smaller = gzip.compress(content, compresslevel=9, mtime=0)
    else:
        import brotli

        smaller = brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)
    return smaller if len(smaller) < len(content) else b""
