"""Seeded faults: claims without sources, and sources that are no help."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from campaigner.checks.check import Example
from campaigner.cli import main
from checks.examples import found_in
from checks.seeded import (
    article,
    assert_clean,
    assert_found,
    fault,
    front,
)

SHARED = Path(os.environ.get("CAMPAIGNER_SHARED") or Path(__file__).parents[3] / "shared")
SEED = SHARED / "seeds" / "unlicensed-botox.txt"
GERMAN = front("lang: de")
CLAIM = "claim-without-source"

ENGLISH_CLAIMS = [
    "Studies show that necks break first.",
    "A recent study of ours found that necks break first.",
    "Research published in a journal of glass emphasizes how necks break.",
    "Reports from the guild of glaziers show a rise in broken necks.",
    "According to the guild of glaziers, necks break first.",
    "Experts agree that necks break first.",
    "About 40% of vials break at the neck.",
    "Some 12.5 per cent of vials break at the neck.",
    "More than 5,000 people were cut by glass.",
    "In all, 2.4 million vials broke.",
    "One in ten patients has seen a broken vial.",
    "This glass is clinically proven.",
    "Our letter is the UK's largest letter about glass.",
    "We make the best glass in the world.",
    "Slow cooling has been shown to prevent waves.",
    "The majority of patients never look at the vial.",
]
GERMAN_CLAIMS = [
    "Studien zeigen, dass der Hals zuerst bricht.",
    "Eine Untersuchung der Glaser belegt das.",
    "Laut einer Umfrage bricht der Hals zuerst.",
    "Nach Angaben der Glaser bricht der Hals zuerst.",
    "Rund 40 Prozent der Fläschchen brechen am Hals.",
    "Mehr als 5.000 Menschen haben sich geschnitten.",
    "Jeder zehnte Patient kennt das.",
    "Die Wirkung ist wissenschaftlich erwiesen.",
    "Wir sind Marktführer.",
    "Wir machen das beste Glas Deutschlands.",
]
NO_CLAIMS = [
    "Studies show that necks break first [@glass-2025].",
    "Studies show that necks break first. Anna counted them [@glass-2025].",
    "Do studies show that necks break first?",
    "> Studies show that necks break first.\n>\n> — Ada Vetro, glazier",
    "```text\nStudies show 40% of it.\n```",
    "    Studies show 40% of it.",
    "## What studies show",
    "Write `40%` there.",
    "| vials | share |\n| --- | --- |\n| broken | 40% |",
    "<!-- Studies show 40%. -->",
    "We study the neck first, and then the foot.",
    "Hold it according to your taste.",
    "It takes 100% of your attention.",
    "Keep 20% off the list price.",
    "See [what 40 % of them say](https://elsewhere.example/).",
    "In 2024 people began to write to us.",
    "Best of all, in the evening you may rest.",
    "The report lies on the table.",
    "Our course has room for 12 people.",
    "These things break most often:\n\n- the neck, as studies show [@glass-2025]",
]


@pytest.mark.parametrize("text", ENGLISH_CLAIMS)
def test_a_claim_is_found_where_it_stands(text: str, tmp_path: Path) -> None:
    assert_found(tmp_path, fault(CLAIM, text, article(f"First this. {text}\n")))


@pytest.mark.parametrize("text", GERMAN_CLAIMS)
def test_a_german_claim_is_found_where_it_stands(text: str, tmp_path: Path) -> None:
    assert_found(tmp_path, fault(CLAIM, text, GERMAN, article(f"Zuerst das. {text}\n")))


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_what_is_no_claim_is_left_alone(text: str, tmp_path: Path) -> None:
    assert_clean(tmp_path, article(f"{text}\n"))


def test_the_region_spans_the_sentence(tmp_path: Path) -> None:
    text = "\nFirst this. Studies show\nthat necks break first. Then that.\n"
    (one,) = found_in(tmp_path, Example(of="article", text=text))
    lines = (tmp_path / one.path).read_text(encoding="utf-8").splitlines()
    assert lines[one.line - 1][one.column - 1 :] == "Studies show"
    assert one.end_line == one.line + 1
    assert lines[one.end_line - 1][: one.end_column] == "that necks break first."


URL = "url: 'https://elsewhere.example/cooled/'"
SOURCES = [
    ("source-undated", f"{{title: Cooled, {URL}}}", "glass-2025"),
    ("source-undated", f"{{title: Cooled, author: Ada, {URL}, note: Seen}}", "glass-2025"),
    ("source-unaddressed", "{title: Cooled, date: 2020-01-01}", "glass-2025"),
    ("source-unaddressed", "{title: Cooled, author: Ada, accessed: 2026-01-01}", "glass-2025"),
    ("source-past-review", f"{{title: Cooled, {URL}, date: 2020-01-01, review_by: 2026-11-25}}", "review_by"),
    ("source-past-review", f"{{title: Cooled, {URL}, date: 2020-01-01, review_by: 2021-01-01}}", "review_by"),
]
SOUND_SOURCES = [
    f"{{title: Cooled, {URL}, date: 2020-01-01}}",
    "{title: Cooled, publisher: Kiln, date: 2020-01-01}",
    f"{{title: Cooled, {URL}, date: 2020-01-01, review_by: 2026-11-26}}",
]


@pytest.mark.parametrize(("check", "source", "line"), SOURCES)
def test_a_poor_source_is_found(check: str, source: str, line: str, tmp_path: Path) -> None:
    assert_found(tmp_path, fault(check, line, front(f"sources: {{glass-2025: {source}}}")))


@pytest.mark.parametrize("source", SOUND_SOURCES)
def test_a_sound_source_is_left_alone(source: str, tmp_path: Path) -> None:
    assert_clean(tmp_path, front(f"sources: {{glass-2025: {source}}}"))


@pytest.mark.parametrize("cite", ["", "`[@spare]`", "\n```\n[@spare]\n```", "<!-- [@spare] -->"])
def test_a_source_that_nothing_cites_is_found(cite: str, tmp_path: Path) -> None:
    own = front(f"sources: {{spare: {{title: Spare, date: 2020-01-01, {URL}}}}}")
    assert_found(tmp_path, fault("source-uncited", "spare:", own, article(f"{cite}\n")))


def test_a_poor_shared_source_is_found_in_its_file(tmp_path: Path) -> None:
    from campaigner.build.review import Request, review
    from campaigner.checks import CHECKS
    from checks.examples import SLUG, workspace_with

    workspace = workspace_with(tmp_path)
    (tmp_path / "sources.yaml").write_text(
        "other: {title: Other}\nglass-2025:\n  title: Cooled\n", encoding="utf-8"
    )
    found = review(
        workspace,
        Request(slugs=(SLUG,), only=tuple(check.name for check in CHECKS if check.group == "claims")),
        jobs=1,
        now="2026-11-26T00:00:00Z",
    )
    assert [(one.path, one.line, one.check) for one in found.findings] == [
        ("sources.yaml", 2, "source-unaddressed"),
        ("sources.yaml", 2, "source-undated"),
    ]


@pytest.mark.skipif(not SEED.is_file(), reason=f"there is no {SEED.name} in {SEED.parent}")
def test_each_source_that_a_real_article_only_names_is_found_at_its_line(tmp_path: Path) -> None:
    runner = CliRunner()
    for arguments in (["init", str(tmp_path)], ["-C", str(tmp_path), "new", "real", "--from", str(SEED)]):
        assert runner.invoke(main, arguments).exit_code == 0
    told = runner.invoke(main, ["-C", str(tmp_path), "check", "real", "--only", CLAIM, "--format", "json"])
    findings = json.loads(told.stdout)["findings"]
    lines = (tmp_path / "campaigns/real/article.md").read_text(encoding="utf-8").splitlines()
    assert len(findings) == 3
    for one, name in zip(findings, ("Society of", "The Journal of", "Surgery Journal"), strict=True):
        sentence = lines[one["line"] - 1][one["column"] - 1 : one["end_column"]]
        assert one["end_line"] == one["line"]
        assert name in sentence
        assert sentence.endswith(".")
        assert sentence[0].isupper()
