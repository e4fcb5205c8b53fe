"""What rendering makes: files in memory."""

from campaigner.value import Value


class OutputFile(Value):
    """A file to be written."""

    #: relative to the output folder, with forward slashes: "site/spring-offer/index.html"
    path: str
    content: bytes
