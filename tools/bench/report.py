"""Writes down what was measured, reached or not."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from corpus import PER_PAGE

COMPARED = ("pelican", "Markdown", "Jinja2", "premailer", "lxml", "Pillow")


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How much is measured."""

    #: of the large site, in which one article is edited
    campaigns: int
    #: campaigns that are built from nothing, beside Pelican
    from_nothing: int
    #: different pictures, which the articles share
    pictures: int
    rounds: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    what: str
    own: str
    peer: str = ""
    ratio: str = ""
    goal: str = ""
    #: None where there is no goal
    reached: bool | None = None


def seconds_row(what: str, seconds: float, *, goal: float | None) -> Row:
    """A row about campaigner alone; `goal` in seconds."""
    return Row(
        what=what,
        own=_time(seconds),
        goal=f"< {_time(goal)}" if goal else "",
        reached=seconds < goal if goal else None,
    )


def memory_row(what: str, mebibytes: float, *, goal: float) -> Row:
    """A row about memory; `goal` in MiB."""
    return Row(what=what, own=f"{mebibytes:.0f} MiB", goal=f"< {goal:.0f} MiB", reached=mebibytes < goal)


def ratio_row(what: str, own: float, name: str, peer: float, *, goal: float | None) -> Row:
    """A row that compares seconds with those of another program."""
    return Row(
        what=what,
        own=_time(own),
        peer=f"{name}: {_time(peer)}",
        ratio=f"{own / peer:.3f}",
        goal=f"≤ {goal:.2f}" if goal else "",
        reached=own / peer <= goal if goal else None,
    )


def page(rows: Sequence[Row], sizes: Sizes, *, hugo: str, is_full: bool) -> str:
    """The page of the documentation."""
    table = "\n".join(
        f"| {row.what} | {row.own} | {row.peer} | {row.ratio} | {row.goal} | {_verdict(row)} |"
        for row in rows
    )
    libraries = ", ".join(f"{name} {version(name)}" for name in COMPARED)
    size = "" if is_full else "This was a small run; the goals are meant for the full one.\n\n"
    return f"""\
# Benchmarks

Written by `make bench` (`tools/bench/run.py`); do not edit.

{size}| work | campaigner | beside | ratio | goal | reached |
| --- | --- | --- | --- | --- | --- |
{table}

{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), {_memory()}, {platform.system()} \
{platform.release().partition("-")[0]}, Python {platform.python_version()}; campaigner {version("campaigner")}, \
{hugo}, {libraries}.

## What is measured

- **Articles.** About 950 words each: six headings, twelve paragraphs with links, emphasis and quotations,
  lists, a table, a block quote and a picture. They follow from their numbers, so every run has the same
  ones, and all programs get the same Markdown.
- **Pictures.** JPEGs of 1200 × 800 pixels, drawn by the script, one beside each article. There are only
  {sizes.pictures} different ones, which the articles share: campaigner makes WebP and JPEG files in several widths,
  one for mail and one for shared links of each, and the other two copy it as it is, so with a different
  picture each the time for pictures would hide that for all else. What pictures cost is in rows of its
  own. Hugo and Pelican copy a picture for each article; campaigner writes equal ones once.
- **campaigner** makes all three outputs of each campaign: post, sign-up page with thanks and confirmed
  page, and newsletter as HTML, text, message and web version; and listings, tags, feed and sitemap.
- **Hugo** makes a plain blog of page bundles: posts, pages of {PER_PAGE} posts, tags, feeds, sitemap; no pictures
  are processed. The program itself is run, not its Python wrapper. It renders all pages each time; that is
  what its user waits for after an edit. Its output folder is there already, as ours is.
- **Pelican** makes the blog posts alone: no newsletter and no sign-up page. "As it comes" has its default
  theme and settings, with pages of {PER_PAGE} posts. For "posts and nothing else" all is left out that can be: the
  barest theme, no tags, categories, authors, archives or feeds. campaigner uses all cores, Pelican one.
- **Times** are those of the whole command by the clock on the wall, from the start of the process: the
  median of {sizes.rounds} runs ({max(3, sizes.rounds // 2)} from nothing), the programs taking turns. Times differ from
  machine to machine, and from hour to hour on a busy one; the ratios differ less. Before each the disk
  is left to write what the program before it made.
- **From nothing** is without `output/` and without `.campaigner/`, so the pictures are made too.
- **Memory** is resident memory. The largest process is what the kernel says at the end; that of all
  processes together is looked at every 100 ms, and counts what they share once (proportional set size).

- **The preview** has a workspace of 1,000 campaigns, built before. A save is over when the file is written;
  the bytes are asked for again and again over HTTP until they have the new words, from campaigner's preview
  and from `hugo server` in turn. In the browser an observer of the shown document says when the words are
  there. The inboxes are all eleven mail programs of one newsletter, in a process that has simulated one before.

- **Checks.** All of them, of a workspace with one campaign and of one with 1,000. One mail is the example's
  newsletter as it is built, judged again and again in one process; the libraries of npm are given the same HTML
  and the same mail programs. Hostile mails are judged once, each in a new process.

- **The audience** comes in as a list of a million people with names, a language, two tags, an own field and a time,
  into a database of SQLite that is empty, once with one process and once with two. The same list once more finds all
  of them there. Memory is that of all processes together. Then the same million is exported, counted, and one shown.

- **Publishing to a bucket** is measured in one process, without the plan before: 1,000 files of 4 kB are read, held
  against what the build said, and put to a server that takes all and keeps nothing, by campaigner and by boto3 in turn.

- **Sign-ups.** `campaigner serve --workers 2` in a workspace of its own, with limits raised and counted all
  the same: each sign-up is another address from another IP address, through a proxy that keeps its connections.
  `tools/bench/sender.py` sends 500 a second whether the ones before were answered or not, on the same two cores.
  A time counts from the moment at which a sign-up was due. An answer means that the disk has it
  (`synchronous=FULL`; PostgreSQL as it comes). Afterwards each answered one is looked for: one subscriber, one
  entry of the ledger, and one mail that is owed or was sent. Mails leave for the outbox meanwhile.
- **listmonk** was not run. Its documents say that it wants PostgreSQL 12 or newer
  ([installation](https://listmonk.app/docs/installation/)), so there is nothing to hold beside SQLite; and that
  with millions of subscribers pages that count them can take tens of seconds, against which counts can be kept
  and made anew once a day ([performance](https://listmonk.app/docs/maintenance/performance/)). That page has no
  figure for sign-ups.

A quick run: `python tools/bench/run.py --campaigns 200 --from-nothing 100 --rounds 3`, which writes nothing unless \
told `--write`.
"""


def _verdict(row: Row) -> str:
    return {None: "", True: "yes", False: "**no**"}[row.reached]


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB of memory"
