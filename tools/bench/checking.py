"""Measures the checks: one campaign, a thousand, one mail beside what npm has, many readers, hostile HTML."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from corpus import articles, campaigner_site
from measure import Command, run
from report import Row, memory_row, ratio_row, seconds_row

CAMPAIGNS, READERS, ROUNDS = 1000, 100_000, 5
PEERS = ("@jsx-email/doiuse-email", "@emailens/engine")
#: has all checks judge a mail or a landing page again and again, and says how many seconds each time took
JUDGE = """\
import sys, time
from campaigner.value import replace
from pathlib import Path
from campaigner.build.engine import engine_digest
from campaigner.build.inputs import Inputs
from campaigner.checks import CHECKS
from campaigner.checks.findings import judged
from campaigner.checks.opening import subjects_of
from campaigner.checks.places import Places
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Output
from campaigner.content.settings import read_settings
from campaigner.content.workspace import Workspace
from campaigner.model.campaign import State
from campaigner.render.body.markdown import Converter
from campaigner.render.press import open_campaign, open_publication
from campaigner.render.proofs import proofs_of

folder, slug, file, times, kind = sys.argv[1:]
workspace = Workspace(root=Path(folder))
settings = read_settings(workspace)
publication = open_publication(
    workspace, settings, base_url=settings.site.url.rstrip("/") + "/", dialect="campaigner",
    program=engine_digest(Inputs(root=workspace.root, known={}, looked_at=0)),
)
pages, _ = open_campaign(publication, workspace, slug, state=State.LIVE, converter=Converter())
subjects = subjects_of(proofs_of(pages), publication, today="2026-11-26")
(judged_one,) = [
    one for one in subjects
    if (isinstance(one, Mail) if kind == "mail" else isinstance(one, Page) and one.output is Output.LANDING)
]
html = Path(file).read_text(encoding="utf-8", errors="replace")
for _ in range(int(times)):
    one = replace(judged_one, html=html)
    started = time.perf_counter()
    found = list(judged([one], CHECKS, Places(workspace, pages.campaign), {}))
    print(time.perf_counter() - started)
"""
#: the same for the two libraries of npm
PEERS_JUDGE = """\
import { readFileSync } from "node:fs";
import { doIUseEmail } from "@jsx-email/doiuse-email";
import { auditEmail } from "@emailens/engine";
const html = readFileSync(process.argv[2], "utf8");
const emailClients = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*", "samsung-email.*"];
const told = {};
for (const [name, judge] of [
  ["@jsx-email/doiuse-email", () => doIUseEmail(html, { emailClients })],
  ["@emailens/engine", () => auditEmail(html)],
]) {
  told[name] = [];
  for (let round = 0; round < Number(process.argv[3]); round++) {
    const started = performance.now();
    judge();
    told[name].push((performance.now() - started) / 1000);
  }
}
console.log(JSON.stringify(told));
"""
#: HTML that wants to keep a check busy for ever, by what it is
HOSTILE: dict[str, Callable[[], str]] = {
    "10 MB of text": lambda: "<p>" + "word " * 2_000_000,
    "100,000 nested elements": lambda: "<div>" * 100_000 + "x",
    "100,000 links": lambda: '<a href="https://a.example/?a=b">click here</a>' * 100_000,
    "200,000 styles": lambda: "".join(f'<p style="color:#{n:06x}">x</p>' for n in range(200_000)),
    "a style of 5 MB": lambda: "<style>" + "a:not(b) > c { color: red }\n" * 180_000 + "</style>",
    "traps of regular expressions": lambda: (
        "<p>" + "a" * 100_000 + "!" * 100_000 + "{{" * 100_000 + " " * 100_000
    ),
    "800,000 equal ids": lambda: "<i id=a></i>" * 800_000,
    "40,000 ids in pairs": lambda: "".join(f"<i id=a{n // 2}></i>" for n in range(40_000)),
    "links in links": lambda: "<a href=/><div>" * 120 + "word " * 300_000,
    "pictures in figures": lambda: "<figure><figcaption>x</figcaption>" * 200 + "<img alt=x>" * 90_000,
    "150,000 attributes": lambda: f"<p {' '.join(f'a{n}=1' for n in range(150_000))}>",
    "bad encoding": lambda: "<p>\ufffd\x01\x7f\ud7ff" * 100_000,
}


def checking_rows(root: Path, pool: Sequence[Path], *, campaigner: Command) -> list[Row]:
    """Measure the checks of one campaign, of 1,000 and of single mails."""
    check = [*campaigner, "check"]
    one, many = root / "one", root / "many"
    campaigner_site(one, articles(1), pool)
    campaigner_site(many, articles(CAMPAIGNS), pool)
    slug = articles(1)[0].slug
    run([*check, slug], one)  # a first time, as for every program
    rows = [
        seconds_row("check: one campaign, whole command", _afresh([*check, slug], one), goal=0.5),
    ]
    run([*campaigner, "build"], one)
    rows += [
        seconds_row("check: the same, built and not checked yet", _afresh([*check, slug], one), goal=0.3),
        seconds_row("check: the same, built and checked before", _seconds([*check, slug], one), goal=0.3),
    ]
    run([*campaigner, "build"], many)
    found = run([*check, "--jobs", "2"], many, watch=True)
    rows.append(seconds_row(f"check: {CAMPAIGNS:,} campaigns, two processes", found.seconds, goal=20))
    rows.append(
        memory_row(f"check: memory of all processes, {CAMPAIGNS:,} campaigns", found.together, goal=300)
    )
    readers = root / "readers.csv"
    readers.write_text(
        "email,first_name\n" + "".join(f"r{number}@example.com,Name {number}\n" for number in range(READERS)),
        encoding="utf-8",
    )
    rows.append(
        seconds_row(
            f"check: a newsletter for {READERS:,} readers",
            run([*check, slug, "--readers", readers], one).seconds,
            goal=20,
        )
    )
    rows += _peers(root / "npm", one, slug)
    return [*rows, *_hostile(root, one, slug)]


def _afresh(command: Command, folder: Path) -> float:
    """Seconds of a check that remembers nothing of an earlier one."""
    taken = []
    for _ in range(ROUNDS):
        for kept in ("reviews", "judgements"):
            shutil.rmtree(folder / ".campaigner" / "cache" / kept, ignore_errors=True)
        taken.append(run(command, folder).seconds)
    return median(taken)


def _seconds(command: Command, folder: Path) -> float:
    return median(run(command, folder).seconds for _ in range(ROUNDS))


def _judged(workspace: Path, slug: str, html: Path, times: int, kind: str = "mail") -> list[float]:
    """Seconds that all checks need for a mail or a page, again and again in one process."""
    told = subprocess.run(
        [sys.executable, "-c", JUDGE, workspace, slug, html, str(times), kind],
        capture_output=True,
        check=True,
        text=True,
    )
    return [float(line) for line in told.stdout.split()]


def _peers(folder: Path, workspace: Path, slug: str) -> Iterator[Row]:
    """The same mail judged by us and by the libraries of npm; nothing where there is no npm."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return
    folder.mkdir()
    (folder / "judge.mjs").write_text(PEERS_JUDGE, encoding="utf-8")
    for command in (["npm", "init", "-y"], ["npm", "install", "--ignore-scripts", *PEERS]):
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
    html = workspace / "output" / "mail" / slug / "newsletter.html"
    own = _judged(workspace, slug, html, ROUNDS + 1)[1:]
    told = subprocess.run(
        ["node", "judge.mjs", html, str(ROUNDS + 1)], cwd=folder, capture_output=True, check=True, text=True
    )
    for name, seconds in json.loads(told.stdout).items():
        yield ratio_row("check: one mail", median(own), name, median(seconds[1:]), goal=1.0)


def _hostile(root: Path, workspace: Path, slug: str) -> Iterator[Row]:
    for what, make in HOSTILE.items():
        html = root / "hostile.html"
        html.write_text(f"<!doctype html><html><body>{make()}", encoding="utf-8", errors="replace")
        for kind in ("mail", "page"):
            (seconds,) = _judged(workspace, slug, html, 1, kind)
            yield seconds_row(f"check: a hostile {kind}, {what}", seconds, goal=5.0)
