"""`campaigner audience` as a person or a program runs it."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audience.conftest import Place
from campaigner.audience.storage.database import VARIABLE, Database
from campaigner.cli import main
from campaigner.content.workspace import Workspace
from campaigner.value import Value
from conftest import SETTINGS, WriteFiles

OWN = """
[reader.fields.profession]
label = "Profession"
type = "choice"
options = ["Nurse", "Doctor"]

[reader.fields.beds]
label = "Beds"
type = "number"
"""
CONSENT = ("--consent", "Cards on paper")


class House(Value):
    """A workspace, and the environment that its commands run in."""

    workspace: Workspace
    environment: dict[str, str | None]

    @property
    def root(self) -> Path:
        """Its folder."""
        return self.workspace.root

    def run(self, *arguments: str, code: int | None = 0, input: str | None = None) -> Result:  # noqa: A002
        """Run `campaigner audience …`; anything but an exit is an error of the test."""
        command = ["-C", str(self.root), "audience", *arguments]
        result = CliRunner().invoke(main, command, env=self.environment, input=input)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert code is None or result.exit_code == code, result.output
        return result

    def told(self, *arguments: str) -> Any:
        """What it says to programs."""
        return json.loads(self.run(*arguments, "--format", "json").stdout)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file."""
        (self.root / name).write_bytes(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def database(self) -> Iterator[Database]:
        """Its database."""
        from campaigner.audience.storage.database import open_database

        environment = {name: value for name, value in self.environment.items() if value is not None}
        database = open_database(self.workspace.state / "campaigner.db", environment)
        yield database
        database.close()


@pytest.fixture
def house(place: Place, write_files: WriteFiles) -> House:
    """A workspace on a database of either kind."""
    environment: dict[str, str | None] = {VARIABLE: None, "USER": "ruth", "LOGNAME": "ruth"}
    return House(
        workspace=write_files({"campaigner.toml": SETTINGS + OWN}),
        environment=environment | dict(place.environment),
    )


def test_the_journey_of_a_list(house: House) -> None:
    house.write(
        "kunden.csv",
        "Nr;Vorname;Nachname;E-Mail-Adresse;Profession;Beds\r\n"
        "1;Jürgen;Müller;Juergen@Example.com;nurse;1,5\r\n"
        "2;;;JUERGEN@example.COM;;\r\n"
        "3;Zoë;;zoe@bücher.example;;\r\n"
        "4;A;B;nobody;;\r\n".encode("cp1252"),
    )
    trial = house.run("import", "kunden.csv", "--dry-run", code=1)
    assert trial.stdout == (
        "kunden.csv: Windows-1252, cells parted by semicolons\n"
        "  first_name  Vorname\n"
        "  last_name   Nachname\n"
        "  email       E-Mail-Adresse\n"
        "  profession  Profession\n"
        "  beds        Beds\n"
        "  left out    Nr\n"
        "4 rows: 2 new, 1 repeated, 1 refused. Nothing was kept.\n"
    )
    assert house.told("list") == {"subscribers": []}
    done = house.run("import", "kunden.csv", *CONSENT, "--refused", "refused.csv", code=1)
    assert done.stderr == (
        "kunden.csv:3:1: the address of line 2 once more\n"
        'kunden.csv:5:1: "E-Mail-Adresse": The address needs an @, as in name@example.com\n'
    )
    with (house.root / "refused.csv").open(newline="", encoding="utf-8") as report:
        assert list(csv.reader(report))[2] == [
            *("5", '"E-Mail-Adresse": The address needs an @, as in name@example.com'),
            *("4", "A", "B", "nobody", "", ""),
        ]
    assert (house.root / "refused.csv").stat().st_mode & 0o777 == 0o600
    shown = house.told("show", "JUERGEN@example.com")
    assert list(shown)[:6] == ["address", "status", "fields", "tags", "source", "consent"]
    assert (shown["address"], shown["status"], shown["tags"]) == ("Juergen@example.com", "confirmed", [])
    assert shown["fields"] == {
        "name": "Jürgen Müller",
        "first_name": "Jürgen",
        "last_name": "Müller",
        "profession": "Nurse",
        "beds": 1.5,
    }
    (entry,) = shown["consent"]
    assert (entry["event"], entry["method"], entry["operator"]) == ("imported", "import", "ruth")
    assert entry["note"] == "kunden.csv:2; Cards on paper"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry["at"])


def test_nobody_is_imported_without_a_word_of_how_they_agreed(house: House) -> None:
    house.write("a.csv", "email\na@example.com\n")
    for more in ((), ("--consent", "  ")):
        assert (
            "Say with --consent how these people agreed" in house.run("import", "a.csv", *more, code=2).stderr
        )
    house.run("import", "a.csv", "--status", "unsubscribed")
    assert house.told("show", "a@example.com")["suppressed"]["reason"] == "unsubscribed"


def test_programs_are_told_of_an_import_too(house: House) -> None:
    house.write("a.csv", "email,name\na@example.com,A\nb,B\n")
    told = json.loads(house.run("import", "a.csv", *CONSENT, "--format", "json", code=1).stdout)
    reason = '"email": The address needs an @, as in name@example.com'
    assert told == {
        "file": "a.csv",
        "encoding": "utf-8-sig",
        "delimiter": ",",
        "columns": {"email": "email", "name": "name"},
        "left_out": [],
        "dry_run": False,
        "rows": 2,
        "new": 1,
        "updated": 0,
        "unchanged": 0,
        "left": 0,
        "suppressed": 0,
        "kept_away": 0,
        "repeated": 0,
        "refused": 1,
        "untaken": [{"line": 3, "outcome": "refused", "reason": reason}],
    }


def test_much_that_is_refused_is_told_in_a_few_lines(house: House) -> None:
    house.write("a.csv", "email\n" + "x\n" * 100)
    told = house.run("import", "a.csv", *CONSENT, code=1).stderr.splitlines()
    assert len(told) == 31
    assert told[-1] == "… and 70 more: see all with --refused FILE.csv"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "nowhere.csv"), "nowhere.csv:1:1: this cannot be read: No such file or directory"),
        (
            ("import", "a.csv", "--map", "emial=x"),
            'nothing that is kept is called "emial". Did you mean "email"?',
        ),
        (("import", "a.csv", "--map", "email=x"), 'there is no column "x"'),
        (("import", "a.csv", "--refused", "nowhere/r.csv"), "nowhere/r.csv:1:1: this cannot be written"),
        (("show", "b@example.com"), "Error: Nothing is known of b@example.com."),
        (("tag", "b@example.com", "x"), "Error: Nothing is known of b@example.com."),
        (("export", "--output", "nowhere/x.csv"), "nowhere/x.csv:1:1: this cannot be written"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(house: House, arguments: tuple[str, ...], told: str) -> None:
    house.write("a.csv", "email\na@example.com\n")
    more = CONSENT if arguments[0] == "import" else ()
    error = house.run(*arguments, *more, code=1).stderr
    assert told in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "a.csv", "--map", "email"), 'write WHAT=COLUMN, not "email"'),
        (("import", "a.csv", "--delimiter", "::"), "write one sign, such as ; or tab"),
        (("import", "a.csv", "--refused", "a.csv"), "--refused names the list itself"),
        (("import", "a.csv", "--operator", " "), "say who does this"),
        (("import", "a.csv", "--consent", "a\nb"), "it has a line break or a control character"),
        (("add", "b@example.com", *CONSENT, "--field", "bedz=1"), 'there is no field "bedz"'),
        (("add", "b@example.com", *CONSENT, "--field", "beds=x"), "beds: it is no number such as 12 or 1.5"),
        (("add", "b@example.com", *CONSENT, "--field", "beds"), 'write NAME=VALUE, not "beds"'),
        (("add", "b@example.com", *CONSENT, "--name", "a\r\nb"), "name: it has a line break"),
        (("add", "b@example", *CONSENT), "The part behind the @ is not complete"),
        (("add", "b@example.com", "--consent", " "), "say how they agreed"),
        (("tag", "b@example.com"), "Name a tag to give"),
        (("tag", "b@example.com", "a\nb"), "it has a line break or a control character"),
        (("forget", "b@example.com"), "Nobody can be asked here. Say --yes."),
        (("export", "--excel", "--format", "json"), "--excel is for a CSV"),
        (("shwo", "b@example.com"), 'There is no command "shwo". Did you mean "show"?'),
    ],
)
def test_a_mistake_in_the_command_is_told(house: House, arguments: tuple[str, ...], told: str) -> None:
    house.write("a.csv", "email\na@example.com\n")
    more = CONSENT if arguments[0] == "import" and "--consent" not in arguments else ()
    assert told in house.run(*arguments, *more, code=2).stderr


def test_one_subscriber_is_added_tagged_and_leaves(house: House) -> None:
    added = house.run(
        *("add", "amina@clinic.example", "--name", "Amina", "--field", "beds=12", "--language", "de"),
        *("--tag", "nurses", "--campaign", "spring-offer", *CONSENT, "--operator", "Ruth B."),
    )
    assert added.stdout == "amina@clinic.example is subscribed.\n"
    assert "was there already" in house.run("add", "amina@clinic.example", *CONSENT).stdout
    assert "has what is new" in house.run("add", "amina@clinic.example", "--tag", "vip", *CONSENT).stdout
    tagged = house.run("tag", "Amina@Clinic.example", "weekly", "vip", "--remove", "nurses")
    assert tagged.stdout == "amina@clinic.example: vip, weekly\n"
    shown = house.told("show", "amina@clinic.example")
    assert (shown["status"], shown["tags"], shown["language"]) == ("confirmed", ["vip", "weekly"], "de")
    assert shown["source"] == {"campaign": "spring-offer", "utm": {}}
    assert shown["fields"] == {"name": "Amina", "beds": 12}
    assert [(entry["event"], entry["operator"], entry["note"]) for entry in shown["consent"]] == [
        ("added", "Ruth B.", "Cards on paper"),
        ("added", "ruth", "Cards on paper"),
        ("preferences-changed", "ruth", "+weekly -nurses"),
    ]
    assert (
        house.run("unsubscribe", "amina@clinic.example").stdout == "amina@clinic.example is unsubscribed.\n"
    )
    assert "was not subscribed" in house.run("unsubscribe", "amina@clinic.example").stdout
    back = house.run("add", "amina@clinic.example", *CONSENT, code=1).stderr
    assert re.fullmatch(
        r"Error: they unsubscribed on [\d-]+\. Only they themselves can come back, .*\n", back
    )
    last = house.told("show", "amina@clinic.example")["consent"][-1]
    assert (last["event"], last["method"], last["operator"]) == ("unsubscribed", "by-hand", "ruth")


def test_who_is_suppressed_by_hand_is_not_written_to(house: House) -> None:
    house.run("add", "amina@clinic.example", *CONSENT)
    done = house.run("suppress", "amina@clinic.example", "bert@clinic.example")
    assert done.stdout == "2 addresses are suppressed.\n"
    assert "suppressed since" in house.run("add", "bert@clinic.example", *CONSENT, code=1).stderr
    assert house.told("list")["subscribers"][0]["status"] == "suppressed"
    (row,) = csv.DictReader(io.StringIO(house.run("export").stdout))
    assert row["status"] == "suppressed"
    shown = house.told("show", "amina@clinic.example")
    assert (shown["status"], shown["suppressed"]["reason"]) == ("confirmed", "by-hand")


def test_whoever_is_forgotten_leaves_a_hash_and_nothing_else(house: House) -> None:
    house.run("add", "amina@clinic.example", "--name", "Amina", "--tag", "vip", *CONSENT)
    assert house.run("forget", "amina@clinic.example", "--yes").stdout.startswith(
        "All that was known of them is"
    )
    shown = house.told("show", "amina@clinic.example")
    assert shown["suppressed"]["reason"] == "erased"
    empty: dict[str, Any] = {
        "status": None,
        "fields": {},
        "tags": [],
        "source": None,
        "consent": [],
        "mails": [],
    }
    assert {name: shown[name] for name in empty} == empty
    house.write("a.csv", "email\namina@clinic.example\n")
    assert house.told("import", "a.csv", *CONSENT)["kept_away"] == 1
    assert house.told("list") == {"subscribers": []}


EVIL = "=HYPERLINK(\"http://evil.example\"; 'x'),-2+3\t@SUM(1)"


def test_what_is_exported_is_imported_as_it_was(house: House) -> None:
    settings = house.root / "campaigner.toml"
    settings.write_text(settings.read_text() + '\n[reader.fields.note]\nlabel = "Note"\n')
    house.write(
        "a.csv",
        "email,name,note,tags,beds,signed_up,status\n"
        f'amina@clinic.example,"\'=A","{EVIL.replace(chr(34), chr(34) * 2)}","""a, b"",c",-5,2024-05-01,\n'
        "bert@clinic.example,,,,,,unsubscribed\n"
        "zoe@bücher.example,Zoë,,,,,\n",
    )
    house.run("import", "a.csv", *CONSENT)
    before = house.told("export")["subscribers"]
    assert [one["address"] for one in before] == ["amina@clinic.example", "zoe@bücher.example"]
    assert (before[0]["fields"]["name"], before[0]["fields"]["note"]) == ("=A", EVIL)
    house.run("export", "--output", "out.csv", "--excel")
    with house.database() as database, database.writing() as connection:
        from campaigner.audience.leaving import erase_subscribers
        from campaigner.audience.storage.schema import subscribers

        erase_subscribers(connection, [row.id for row in connection.execute(subscribers.select())])
    assert house.told("import", "out.csv", *CONSENT)["new"] == 2
    after = house.told("export")["subscribers"]
    for one in (*before, *after):
        del one["consent"]
    assert after == before


def test_lists_are_chosen_and_written_in_three_ways(house: House) -> None:
    for address, *more in (
        ("amina@clinic.example", "--tag", "weekly", "--tag", "nurses", "--language", "de"),
        ("bert@clinic.example", "--tag", "weekly", "--campaign", "spring-offer", "--name", "=Bert"),
        ("cem@clinic.example",),
    ):
        house.run("add", address, *more, *CONSENT)
    house.run("unsubscribe", "cem@clinic.example")

    def addresses(*options: str) -> list[str]:
        return [one["address"].partition("@")[0] for one in house.told("list", *options)["subscribers"]]

    assert addresses() == ["amina", "bert", "cem"]
    assert addresses("--tag", "weekly") == ["amina", "bert"]
    assert addresses("--tag", "weekly", "--tag", "nurses") == ["amina"]
    assert addresses("--status", "unsubscribed", "--status", "pending") == ["cem"]
    assert addresses("--language", "de") == ["amina"]
    assert addresses("--campaign", "spring-offer") == ["bert"]
    assert addresses("--limit", "1") == ["amina"]
    rows = list(csv.DictReader(io.StringIO(house.run("list", "--format", "csv").stdout)))
    assert [(row["status"], row["name"], row["tags"]) for row in rows] == [
        ("confirmed", "", "nurses, weekly"),
        ("confirmed", "'=Bert", "weekly"),
        ("unsubscribed", "", ""),
    ]
    text = house.run("list").stdout.splitlines()
    assert re.match(r"Address +Status +Name +Language +Tags +Campaign +Signed up$", text[0])
    assert len(text) == 4
    assert house.run("list", "--status", "bounced").stdout == ""


def test_a_name_cannot_change_the_screen(house: House) -> None:
    house.write("a.csv", 'email,name\na@example.com,"[bold]A[/bold] \u202ecod.exe"\n')
    house.run("import", "a.csv", *CONSENT)
    assert "[bold]A[/bold] \\u202ecod.exe" in house.run("list").stdout
    assert "[bold]A[/bold] \\u202ecod.exe" in house.run("show", "a@example.com").stdout


def test_a_long_name_pushes_no_other_column_away(house: House) -> None:
    house.run("add", "a@example.com", "--name", "x" * 200, *CONSENT)
    head, line = house.run("list").stdout.splitlines()
    assert head.index("Language") < 90
    assert f"{'x' * 59}…  " in line
    assert "x" * 200 in house.run("show", "a@example.com").stdout


KILLED = """\
import sys
import time
from campaigner.cli import main
main(sys.argv[1:])
"""


def children_of(process: int) -> list[str]:
    """The processes that a process began, where the system says so."""
    told = Path(f"/proc/{process}/task/{process}/children")
    return told.read_text().split() if told.exists() else []


def gone_soon(processes: list[str]) -> bool:
    """Whether processes end by themselves."""
    until = time.monotonic() + 30
    while any(is_there(process) for process in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def is_there(process: str) -> bool:
    """Whether a process goes on; one that has ended may wait for who began it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_import_that_is_killed_is_finished_by_running_it_again(house: House) -> None:
    count = 40_000
    house.write("a.csv", "email,name\n" + "".join(f"reader-{n}@example.com,R {n}\n" for n in range(count)))
    command = ["-C", str(house.root), "audience", "import", "a.csv", *CONSENT, "--jobs", "2"]
    environment = {name: value for name, value in house.environment.items() if value is not None}
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, *command],
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.DEVNULL,
    )
    while running.poll() is None:
        with house.database() as database, database.reading() as connection:
            from sqlalchemy import text

            kept = connection.execute(text("SELECT count(*) FROM subscribers")).scalar_one()
        if kept:
            helping = children_of(running.pid)
            running.send_signal(signal.SIGKILL)
            break
    running.wait()
    assert gone_soon(helping)
    told = house.told("import", "a.csv", *CONSENT)
    assert told["new"] + told["unchanged"] == count
    assert told["unchanged"] >= kept
    with house.database() as database, database.reading() as connection:
        for table in ("subscribers", "consent_ledger"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == count


def test_segments_are_counted_listed_and_exported(house: House) -> None:
    house.run("add", "amina@clinic.example", "--field", "profession=Nurse", *CONSENT)
    house.run("add", "bert@clinic.example", "--field", "profession=Doctor", "--tag", "vip", *CONSENT)
    assert house.run("segments").stdout == "There are no segments. Write segments/NAME.toml to have one.\n"
    (house.root / "segments").mkdir()
    house.write("segments/nurses.toml", 'about = "=Nurses"\nfields.profession = "Nurse"\n')
    house.write("segments/vip.toml", 'tags = "vip"\n')
    assert house.run("segments").stdout.splitlines() == [
        "Segment  Subscribers  About",
        "nurses   1            =Nurses",
        "vip      1",
    ]
    assert house.told("segments", "vip") == {"segments": [{"segment": "vip", "subscribers": 1, "about": ""}]}
    rows = house.run("segments", "--format", "csv").stdout.splitlines()
    assert rows == ["segment,subscribers,about", "nurses,1,'=Nurses", "vip,1,"]
    listed = house.told("list", "--segment", "nurses")["subscribers"]
    assert [one["address"] for one in listed] == ["amina@clinic.example"]
    assert house.told("export", "--segment", "nurses", "--segment", "vip") == {"subscribers": []}
    assert house.run("list", "--segment", "nurse", code=2).stderr == (
        'segments:1:1: there is no segment "nurse". Did you mean "nurses"?\n'
    )


def test_a_segment_that_cannot_be_read_keeps_no_other_from_being_counted(house: House) -> None:
    (house.root / "segments").mkdir()
    house.write("segments/bad.toml", "[fields]\nbeds = true\n")
    house.write("segments/good.toml", "")
    done = house.run("segments", code=1)
    assert done.stdout.splitlines()[1:] == ["good     0"]
    assert done.stderr == 'segments/bad.toml:2:1: "beds" is a number, and never True. Write 12 or 1.5.\n'
    house.run("list", "--segment", "bad", code=1)


def test_growth_is_told_as_a_table_with_a_plot(house: House) -> None:
    for name in ("amina", "bert", "cem"):
        house.run("add", f"{name}@clinic.example", *CONSENT)
    house.run("unsubscribe", "cem@clinic.example")
    house.write("old.csv", "email,signed_up\nold@clinic.example,2020-05-01\n")
    house.run("import", "old.csv", *CONSENT)
    told = house.told("stats", "--last", "1")
    assert (told["subscribers"]["confirmed"], told["suppressed"]) == (3, 1)
    (period,) = told["periods"]
    assert re.fullmatch(r"\d{4}-\d\d-01", period.pop("period"))
    assert period == {
        "sign_ups": 0,
        "confirmed": 0,
        "rate": None,
        "joined": 3,
        "left": 1,
        "growth": 2,
        "subscribers": 3,
    }
    first, names, before, now = house.run("stats", "--last", "2").stdout.splitlines()
    assert first == "3 confirmed, 1 unsubscribed; 1 address suppressed."
    assert names.split() == [
        "Month",
        "Sign-ups",
        "Confirmed",
        "Rate",
        "Joined",
        "Left",
        "Growth",
        "Subscribers",
    ]
    assert (before.count("█"), now.count("█")) == (10, 30)
    assert now.split()[1:-1] == ["0", "0", "–", "3", "1", "+2", "3"]
    rows = list(csv.DictReader(io.StringIO(house.run("stats", "--by", "day", "--format", "csv").stdout)))
    assert len(rows) == 12
    assert (rows[-1]["growth"], rows[-1]["rate"]) == ("2", "")
    assert house.run("stats", "--last", "1001", code=2).stderr


def test_mails_that_wait_are_listed_and_tried_again(house: House) -> None:
    from audience.conftest import asked, ids
    from campaigner.audience import outgoing
    from campaigner.audience.sign_ups import sign_up
    from conftest import NOW

    with house.database() as database, database.writing() as connection:
        for name in ("amina", "bert"):
            sign_up(connection, asked(f"{name}@clinic.example"), now=NOW, ids=ids(name))
        outgoing.claim(connection, holder="w", now=NOW, hold=outgoing.PAUSES[0])
        refused = "=550 no\r\nsuch user"
        assert outgoing.failed(connection, "mail-amina", holder="w", now=NOW, error=refused, for_good=True)
        assert outgoing.keep(connection, "mail-bert", holder="w", message=b"all of it")
    listed = house.told("mails")["mails"]
    assert [(one["id"], one["attempts"], one["next"]) for one in listed] == [
        ("mail-amina", 1, None),
        ("mail-bert", 0, "2026-11-22T12:00:00Z"),
    ]
    assert list(listed[0]) == ["id", "kind", "address", "campaign", "since", "attempts", "next", "error"]
    assert listed[0]["error"] == "=550 no such user"
    assert "all of it" not in str(listed)
    (row,) = csv.DictReader(io.StringIO(house.run("mails", "--stuck", "--format", "csv").stdout))
    assert (row["id"], row["next"], row["error"]) == ("mail-amina", "", "'=550 no such user")
    assert len(house.run("mails").stdout.splitlines()) == 3
    assert house.run("mails", "--retry").stdout == "1 mail is tried at once.\n"
    assert house.told("mails", "--stuck") == {"mails": []}
    assert house.run("mails", "mail-bert", "--retry").stdout == "1 mail is tried at once.\n"
    assert "There is no mail 'x' that waits" in house.run("mails", "x", "--retry", code=1).stderr
    assert "IDs are for --retry" in house.run("mails", "x", code=2).stderr


def test_a_backup_is_made_while_in_use_and_restored(house: House) -> None:
    house.run("add", "amina@clinic.example", *CONSENT)
    house.run("add", "bert@clinic.example", *CONSENT)
    if house.environment.get(VARIABLE):
        told = house.run("backup", "b.backup", code=1).stderr
        assert (
            told
            == f"{VARIABLE}:1:1: only SQLite is backed up by campaigner. PostgreSQL has pg_dump and pg_restore.\n"
        )
        return
    with house.database() as database, database.writing():  # somebody is in the middle of something
        assert house.run("backup", "b.backup").stdout == "b.backup is a backup of all that is known.\n"
    assert (house.root / "b.backup").stat().st_mode & 0o777 == 0o600
    house.run("forget", "amina@clinic.example", "--yes")
    house.run("unsubscribe", "bert@clinic.example")
    house.run("add", "cem@clinic.example", *CONSENT)
    assert "Nobody can be asked here" in house.run("restore", "b.backup", code=2).stderr
    assert house.run("restore", "b.backup", "--yes").stdout == (
        "1 subscriber is back, of whom 1 left since; 1 was erased, and stays so.\n"
    )
    listed = house.told("list")["subscribers"]
    assert [(one["address"], one["status"]) for one in listed] == [("bert@clinic.example", "unsubscribed")]
    assert (
        house.run("restore", "nix", "--yes", code=1).stderr
        == "nix:1:1: there is no such file. Name a backup.\n"
    )
    house.write("x.backup", "no database")
    assert "this is no database" in house.run("restore", "x.backup", "--yes", code=1).stderr


def test_a_damaged_database_is_restored_as_it_is_told(write_files: WriteFiles) -> None:
    house = House(workspace=write_files({"campaigner.toml": SETTINGS}), environment={VARIABLE: None})
    house.run("add", "amina@clinic.example", *CONSENT)
    house.run("backup", "a.backup")
    file = house.workspace.state / "campaigner.db"
    for damaged in (file.read_bytes()[: 4096 * 3] + b"\xff" * 4096 * 30, b"\xff" * 5000):
        for beside in house.workspace.state.glob("campaigner.db-*"):
            beside.unlink()
        file.write_bytes(damaged)
        for command in (["list"], ["backup", "b.backup"], ["restore", "a.backup", "--yes"]):
            told = house.run(*command, code=1).output
            assert told.startswith(".campaigner/campaigner.db:1:1: ")
            assert told.endswith(
                "Move it away, with the files beside it that are called alike, and restore a backup.\n"
            )
        for each in [*house.workspace.state.glob("campaigner.db*")]:
            each.rename(house.root / each.name)
        house.run("restore", "a.backup", "--yes")
        assert house.told("show", "amina@clinic.example")["status"] == "confirmed"


@pytest.mark.parametrize("command", ["list", "export", "stats", "segments", "mails"])
def test_every_list_is_written_for_programs_though_nobody_is_there(house: House, command: str) -> None:
    assert isinstance(house.told(command), dict)
    if command != "export":
        house.run(command, "--format", "csv")
        house.run(command)


def test_help_is_light_and_has_examples() -> None:
    program = (
        "import sys; from campaigner.cli import main\n"
        "try: main(['audience', 'import', '--help'])\n"
        "finally: print('loaded:', *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.split())
    assert not loaded & {
        "sqlalchemy",
        "email_validator",
        "rich",
        "pydantic",
        "csv",
        "yaml",
        "multiprocessing",
    }
    assert "Examples:" in done.stdout
