"""What the commands of `campaigner audience` say: however much it is, some at a time."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

import click

from campaigner.errors import one_line

#: rows whose width all others are given
FIRST = 200
#: lines that are written at once
SOME = 500
GAP = "  "
#: characters of a cell, so that one of them does not push all others away
LONGEST = 60
COLOURS = {
    "confirmed": "green",
    "pending": "yellow",
    "unsubscribed": "red",
    "bounced": "red",
    "complained": "red",
    "suppressed": "red",
}


def tell_table(names: Sequence[str], rows: Iterable[Sequence[str]], *, coloured: int = -1) -> None:
    """Write rows below the names of their columns; the column `coloured` has a status."""
    found = iter(rows)
    first = list(islice(found, FIRST))
    shown = [list(map(_cut, row)) for row in first]
    widths = [max(len(name), *(len(row[n]) for row in shown)) if shown else 0 for n, name in enumerate(names)]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0

    def line(row: Sequence[str], *, is_head: bool = False) -> str:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        text = GAP.join(cells).rstrip()
        if room and len(text) > room:
            text = text[: room - 1] + "…"
        if is_head:
            return click.style(text, bold=True)
        if 0 <= coloured < len(row):
            begin = sum(widths[:coloured]) + len(GAP) * coloured
            word = row[coloured]
            end = begin + len(word)
            text = f"{text[:begin]}{click.style(text[begin:end], fg=COLOURS.get(word))}{text[end:]}"
        return text

    if not first:
        return
    rest = (list(map(_cut, row)) for row in found)
    write(chain([line(names, is_head=True)], (line(row) for row in chain(shown, rest))))


def _cut(cell: str) -> str:
    text = one_line(cell)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def tell_csv(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as CSV, in UTF-8; they are no formulas already."""
    for text in csv_texts(names, rows):
        click.echo(text.encode(), nl=False)


def csv_texts(names: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: str = ",") -> Iterator[str]:
    """Give the text of a CSV, piece by piece."""
    found = chain([names], rows)
    while some := list(islice(found, SOME)):
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=delimiter).writerows(some)
        yield written.getvalue()


def tell_objects(name: str, objects: Iterable[Any], more: dict[str, Any] | None = None) -> None:
    """Write one JSON object whose key `name` has all of the objects, and behind them what else it has."""
    for text in json_texts(name, objects, more or {}):
        click.echo(text.encode(errors="backslashreplace"), nl=False)


def json_texts(name: str, objects: Iterable[Any], more: dict[str, Any]) -> Iterator[str]:
    """Give the text of that object, piece by piece."""
    yield f'{{"{name}": ['
    found, is_first = iter(objects), True
    while some := list(islice(found, SOME)):
        told = ", ".join(json.dumps(one, ensure_ascii=False) for one in some)
        yield told if is_first else f", {told}"
        is_first = False
    rest = "".join(f', "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in more.items())
    yield f"]{rest}}}\n"


def write(lines: Iterable[str]) -> None:
    """Write lines."""
    found = iter(lines)
    while some := list(islice(found, SOME)):
        click.echo("\n".join(some))


def tell_person(told: dict[str, Any]) -> None:
    """Show all that is known of an address, as describing.py gives it."""
    click.echo(click.style(one_line(told["address"]), bold=True))
    status, suppressed = told["status"], told["suppressed"]
    _tell("status", click.style(status, fg=COLOURS.get(status)) if status else "")
    if suppressed:
        _tell("suppressed", f"since {_time(suppressed['since'])}: {suppressed['reason']}")
    for name in ("signed_up", "confirmed", "left"):
        _tell(name.replace("_", " "), _time(told[name]))
    _tell("language", told["language"] or "")
    _tell("tags", ", ".join(map(one_line, told["tags"])))
    source = told["source"] or {"campaign": "", "utm": {}}
    _tell("campaign", one_line(source["campaign"] or ""))
    for name, value in source["utm"].items():
        _tell(f"utm_{name}", one_line(value))
    for name, value in told["fields"].items():
        _tell(name, one_line(str(value)))
    for mail in told["mails"]:
        _tell("mail waits", f"{mail['kind']} since {_time(mail['since'])}, tried {mail['attempts']} times")
    if told["consent"]:
        click.echo(click.style("Consent", bold=True))
    for entry in told["consent"]:
        click.echo(f"  {_time(entry['at'])}  {entry['event']}")
        for name, value in entry.items():
            if value not in (None, "") and name not in {"number", "at", "event", "address"}:
                click.echo(f"    {name.replace('_', ' ')}: {one_line(str(value))}")


def _tell(name: str, value: str) -> None:
    if value:
        click.echo(f"  {name:12} {value}")


def _time(text: str | None) -> str:
    return text.replace("T", " ").replace("Z", " UTC") if text else ""
