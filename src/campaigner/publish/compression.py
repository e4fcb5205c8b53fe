"""Compresses text files ahead, as much as it goes: a server then need not do it for each reader."""

import gzip

ENDINGS = {"gzip": ".gz", "brotli": ".br"}
TEXT = (".html", ".css", ".js", ".xml", ".txt", ".svg", ".json", ".webmanifest")


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
