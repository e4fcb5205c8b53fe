"""Measures the audience: a list of a million coming in, and what is done with as many people."""

import os
import random
import shutil
from pathlib import Path

from measure import Command, Run, run
from report import Row, memory_row, seconds_row

PEOPLE = 1_000_000
SETTINGS = """\
[site]
name = "The Gazette"
url = "https://gazette.example"

[reader.fields.profession]
label = "Profession"
type = "choice"
options = ["Nurse", "Doctor", "Pharmacist"]
"""
SEGMENT = """\
languages = "de"
tags = "nurses"
fields.profession = "Nurse"
signed_up.since = 2025-01-01
"""
FIRST = (
    "Anna",
    "Bert",
    "Çelik",
    "Dörte",
    "Émile",
    "Fatima",
    "Günter",
    "Hana",
    "Ivo",
    "Jürgen",
    "Klara",
    "Lars",
)
LAST = ("Schmidt", "Müller", "O'Neill", "Nguyễn", "García", "Kowalski", "Øster", "Öztürk", "Smith", "Jones")
DOMAINS = 3000
CONSENT = ("--consent", "Asked for it at the fair")


def audience_rows(root: Path, *, campaigner: Command, people: int = PEOPLE) -> list[Row]:
    """Measure imports into SQLite with one process and with two, and lists of all who came."""
    root.mkdir(parents=True)
    (root / "campaigner.toml").write_text(SETTINGS, encoding="utf-8")
    (root / "segments").mkdir()
    (root / "segments" / "nurses.toml").write_text(SEGMENT, encoding="utf-8")
    write_list(root / "people.csv", people)
    rows = []
    for jobs, goal in ((1, 10_000), (2, 20_000)):
        shutil.rmtree(root / ".campaigner", ignore_errors=True)
        done = _audience(campaigner, root, "import", "people.csv", *CONSENT, "--jobs", str(jobs))
        what = f"audience: {people:,} people imported into SQLite, `--jobs {jobs}`"
        rows.append(rate_row(what, people / done.seconds, goal=goal))
        rows.append(memory_row(f"{what}: memory of all processes", done.together, goal=200))
    what = f"audience: {people:,} people"
    done = _audience(campaigner, root, "import", "people.csv", *CONSENT, "--jobs", "2")
    rows.append(rate_row(f"{what}: the same list once more (no goal)", people / done.seconds, goal=None))
    for told, words in (
        ("exported as CSV", ("export", "--output", "all.csv")),
        (
            "exported as JSON, with the trail of consent",
            ("export", "--format", "json", "--output", "all.json"),
        ),
        ("a segment counted", ("segments",)),
        ("growth", ("stats",)),
        ("one of them shown", ("show", "anna.reader1@mail1.example.com")),
    ):
        done = _audience(campaigner, root, *words)
        rows.append(seconds_row(f"{what}: {told} (no goal)", done.seconds, goal=None))
        rows.append(memory_row(f"{what}: {told}: memory", done.together or done.largest, goal=200))
    return rows


def rate_row(what: str, rate: float, *, goal: int | None) -> Row:
    """A row about rows in a second."""
    return Row(
        what=what,
        own=f"{rate:,.0f} rows/s",
        goal=f"> {goal:,} rows/s" if goal else "",
        reached=rate > goal if goal else None,
    )


def write_list(file: Path, people: int) -> None:
    """Write a list as other programs do: names, a language, two tags, a field and a time; the same each time."""
    chance = random.Random(7)
    with file.open("w", encoding="utf-8") as stream:
        stream.write("Email Address,First Name,Last Name,Language,TAGS,Profession,OPTIN_TIME\n")
        for number in range(people):
            first, last = chance.choice(FIRST), chance.choice(LAST)
            address = (
                f"{chance.choice('abcdefgh')}.reader{number}@mail{chance.randrange(DOMAINS)}.example.com"
            )
            if number == 1:
                address = "anna.reader1@mail1.example.com"
            stream.write(
                f"{address},{first},{last},{chance.choice(['de', 'en'])},"
                f'"weekly,{chance.choice(["nurses", "doctors"])}",{chance.choice(["Nurse", "Doctor", ""])},'
                f"202{chance.randrange(3, 6)}-0{chance.randrange(1, 10)}-1{chance.randrange(10)} 10:00:00\n"
            )


def _audience(campaigner: Command, root: Path, *words: str) -> Run:
    return run([*campaigner, "audience", *words], root, watch=True)


if __name__ == "__main__":
    # by itself, with what run.py would hand over; an argument says how many people
    import sys
    import tempfile

    from run import CAMPAIGNER

    count = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory(prefix="campaigner-bench-") as folder:
        for row in audience_rows(Path(folder) / "audience", campaigner=CAMPAIGNER, people=count):
            print(row.what, row.own, row.goal, row.reached, sep=" | ")
    os.sync()
