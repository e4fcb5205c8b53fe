"""What rendering makes: files in memory."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class OutputFile:
    """A file to be written."""

    #: relative to the output folder, with forward slashes: "site/spring-offer/index.html"
    path: str
    content: bytes
