r"""Plain text as Markdown that shows it as it is.

The dialect is the article's: Python-Markdown with `extra`, merge fields, citations and `:::` blocks.
Signs that Markdown cannot escape with a backslash become character references.
"""

import re

SIGNS = re.compile(
    r"""
      [\\`*\[]
    | (?<![^\W_])_ | _(?![^\W_])    # inside of a word it is only an underscore
    | (?<!\{)\{(?!\{) | \{(?=\{)    # of two braces the first: \{{
    """,
    re.VERBOSE,
)
NAMED = {"<": "&lt;", "&": "&amp;"}
REFERENCES = re.compile(r"<|~(?=~)|&(?=\#?\w+;)")
#: what opens a block where it begins a line: heading, quotation, list, rule, underline, table, container
BLOCK_SIGN = re.compile(r"^(?:[#>|]|\+(?=\s|$)|-(?=[\s-]|$))")
BLOCK_NUMBER = re.compile(r"^(\d+)\.(?=\s|$)")
BLOCK_REFERENCE = re.compile(r"^(?::(?=[\s:-])|=(?==*\s*$))")
CLOSING_HASHES = re.compile(r"#+$")
#: addresses of letters that mean nothing in Markdown, without the punctuation of their sentence
ADDRESS = re.compile(r"(?<![\w/<])(https?://[\w.~/?#=&%+:@!$,;-]*[\w/=&%+#-])", re.ASCII)
ENTITY = re.compile(r"&#?\w+;")


def inline(text: str) -> str:
    """Give one line of plain text as Markdown inside of a paragraph, a heading or a cell."""
    return REFERENCES.sub(_reference, SIGNS.sub(r"\\\g<0>", text))


def linked(text: str) -> str:
    """Give one line of plain text as Markdown, with its web addresses as links."""
    parts = ADDRESS.split(text)
    return "".join(
        f"<{part}>" if number % 2 and not ENTITY.search(part) else inline(part)
        for number, part in enumerate(parts)
    )


def block(line: str) -> str:
    """Give a line of Markdown such that it opens no block, is no underline, and keeps a # at its end."""
    line = CLOSING_HASHES.sub(lambda hashes: r"\#" * len(hashes[0]), line)
    line = BLOCK_SIGN.sub(r"\\\g<0>", line)
    line = BLOCK_NUMBER.sub(r"\1\\.", line)
    return BLOCK_REFERENCE.sub(_reference, line)


def _reference(sign: re.Match[str]) -> str:
    return NAMED.get(sign[0]) or f"&#{ord(sign[0])};"
