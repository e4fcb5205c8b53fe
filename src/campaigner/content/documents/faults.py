"""How the readers of documents say what is wrong."""

from campaigner.errors import ContentError, Fault


def refused(shown: str, message: str, hint: str = "", *, line: int = 1, column: int = 1) -> ContentError:
    """Give the error that the document `shown` cannot be read."""
    return ContentError(Fault(path=shown, line=line, column=column, message=message, hint=hint))
