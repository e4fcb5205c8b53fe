"""Reads campaigner.toml."""

import re
import tomllib
from functools import lru_cache
from typing import Any

from campaigner.content.schema import Block, structure
from campaigner.content.workspace import SETTINGS_FILE, Workspace, read_text
from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Position
from campaigner.model.settings import LARGEST_ARTICLE, Content, Settings, Site

LARGEST = 1_000_000
TABLE = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"(\s*)([\w\"'.-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")
#: its lines may look like keys and tables
LONG_TEXT = re.compile(r'''"""(?:\\.|(?!""").)*"""|\'{3}.*?\'{3}''', re.DOTALL)
SYNTAX = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)")


def read_settings(workspace: Workspace) -> Settings:
    """Give the settings of a workspace.

    Raises ContentError with every unknown key and wrong value at its line.
    """
    text, _ = read_text(workspace, workspace.root / SETTINGS_FILE, largest=LARGEST)
    return settings_of(text)


def settings_of(text: str) -> Settings:
    """Give the settings that the text of a campaigner.toml says."""
    return toml_block(Settings, text, path=SETTINGS_FILE)


def toml_block(schema: type[Block], text: str, *, path: str) -> Block:
    """Make a `schema` of a TOML file's text.

    Raises ContentError with every unknown key and wrong value at its line.
    """
    try:
        values = tomllib.loads(text)
        keys = positions(text, values)
        # a list of tables stands where its first one does
        lists = {name.removesuffix(".0"): place for name, place in keys.items() if name.endswith(".0")}
        return structure(schema, values, path=path, keys=lists | keys)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(_syntax_fault(text, str(error), path)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
        message, hint = "this is no TOML that can be read", "Take out what is very long or deeply nested"
        raise ContentError(Fault(path=path, message=message, hint=hint)) from None


def unread_settings() -> Settings:
    """Give settings that stand in for a campaigner.toml that cannot be read: nothing is too large for them."""
    site = Site(name="…", url="https://unread.invalid/")
    return Settings(site=site, content=Content(largest_article=LARGEST_ARTICLE))


def settings_position(workspace: Workspace, key: str) -> Position:
    """Where a key stands in campaigner.toml, by dotted path; its nearest parent where it is not written.

    For faults that are found long after the settings were read; the file must still be well-formed.
    """
    text, _ = read_text(workspace, workspace.root / SETTINGS_FILE, largest=LARGEST)
    found = _positions(text)
    while key not in found and "." in key:
        key = key.rpartition(".")[0]
    return found.get(key, Position(line=1, column=1))


@lru_cache(maxsize=1)
def _positions(text: str) -> dict[str, Position]:
    return positions(text, tomllib.loads(text))


def positions(text: str, values: dict[str, Any]) -> dict[str, Position]:
    """Where each key of a TOML text stands, by dotted path; `tomllib` itself does not say.

    Keys inside of inline tables are found at the line of the table.
    """
    found: dict[str, Position] = {}
    counts: dict[str, int] = {}
    table = ""
    text = LONG_TEXT.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)
    for number, line in enumerate(text.split("\n"), start=1):
        header = TABLE.match(line)
        if header:
            table = _dotted(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{counts[table]}"
            found.setdefault(table, Position(line=number, column=1))
            continue
        key = KEY.match(line)
        if key:
            name = _dotted(key[2])
            path = f"{table}.{name}" if table else name
            if _has(values, path):
                found.setdefault(path, Position(line=number, column=len(key[1]) + 1))
    return found


def _dotted(key: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _has(values: Any, path: str) -> bool:
    for step in path.split("."):
        if isinstance(values, list) and step.isdigit() and int(step) < len(values):
            values = values[int(step)]
        elif isinstance(values, dict) and step in values:
            values = values[step]
        else:
            return False
    return True


def _syntax_fault(text: str, told: str, path: str) -> Fault:
    match = SYNTAX.fullmatch(told)
    message = match[1] if match else told
    line = int(match[2]) if match and match[2] else text.count("\n") + 1
    column = int(match[3]) if match and match[3] else 1
    return Fault(
        path=path,
        line=line,
        column=column,
        message=f"this is no TOML: {message[0].lower()}{message[1:]}",
        hint='Text stands between quotes: name = "My publication"',
    )
