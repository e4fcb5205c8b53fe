import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

from campaigner.checks import CHECKS
from campaigner.checks.check import Check, Example
from campaigner.checks.packs import shipped_pack, shipped_packs
from campaigner.checks.rules import rules_of
from checks.examples import SLUG, workspace_with
from cli.conftest import Run

LONG = "Everything that you always wanted to know about the vials that you open each day"
LONG_SUBJECT = Example(of="front matter", text=f"newsletter: {{subject: {LONG}}}")
BROKEN_LINK = Example(of="article", text="There is more in [our letters](/letters/).")
ARTICLE = f"campaigns/{SLUG}/article.md"


def line_of(folder: Path, text: str) -> int:
    lines = (folder / ARTICLE).read_text().splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


def test_a_clean_campaign_passes(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path)
    told = campaigner("check")
    assert (told.exit_code, told.out, told.err) == (0, "1 campaign checked: nothing found.\n", "")


def test_nothing_is_written(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    before = sorted(tmp_path.rglob("*"))
    campaigner("check")
    assert [file for file in sorted(tmp_path.rglob("*")) if ".campaigner" not in file.parts] == before


def test_the_help_says_what_is_written(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path)
    campaigner("check")
    made = {file.relative_to(tmp_path).parts[:2] for file in (tmp_path / ".campaigner").rglob("*")}
    assert made == {(".campaigner", "cache")}
    said = " ".join(campaigner("check", "--help").out.split())
    assert "Nothing of yours is changed: only .campaigner/cache remembers" in said


def test_an_error_is_told_at_its_line_and_fails(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    told = campaigner("check")
    assert told.exit_code == 1
    assert f"{ARTICLE}:{line_of(tmp_path, 'letters/')}:1: error" in told.out
    assert told.out.endswith("1 campaign checked: 1 error.\n")


def test_what_page_and_mail_have_from_one_place_is_told_once(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, Example(of="article", text="\n\nMore [here](http://register.example/vials).\n"))
    told = campaigner("check", "--only", "address-insecure")
    assert told.out.count("leads to http://register.example/vials, not to https") == 1
    assert "address-insecure, blog post, newsletter" in told.out
    assert told.out.endswith("1 campaign checked: 1 warning.\n")
    as_json = campaigner("check", "--only", "address-insecure", "--format", "json")
    assert [one["output"] for one in json.loads(as_json.out)["findings"]] == ["blog post", "newsletter"]


def test_what_is_quoted_stays_on_one_line(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path)
    (tmp_path / "readers.csv").write_text('last_name\n"test\n\x1c"\n')
    told = campaigner("check", "--readers", "readers.csv")
    assert 'last_name is "test\\n\\x1c" for 1 reader' in told.out
    assert "\x1c" not in told.out


def test_a_warning_fails_only_where_it_is_asked_for(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, LONG_SUBJECT)
    assert campaigner("check").exit_code == 0
    told = campaigner("check", "--strict")
    assert told.exit_code == 1
    assert f"{ARTICLE}:{line_of(tmp_path, 'subject:')}:" in told.out


def test_a_severity_of_ones_own_counts(campaigner: Run, tmp_path: Path) -> None:
    for severity, code in (("error", 1), ("note", 0), ("off", 0)):
        folder = tmp_path / severity
        workspace_with(
            folder,
            LONG_SUBJECT,
            Example(of="settings", text=f'[check.severities]\nsubject-length = "{severity}"\n'),
        )
        told = campaigner("-C", str(folder), "check")
        assert told.exit_code == code
        assert ("subject-length" in told.out) is (severity != "off")


def test_an_unknown_check_in_the_settings_is_told(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, Example(of="settings", text='[check.severities]\nsubject-lenght = "error"\n'))
    told = campaigner("check")
    assert told.exit_code == 1
    assert 'there is no check "subject-lenght". Did you mean "subject-length"?' in told.err
    assert told.err.startswith("campaigner.toml:")


def test_only_one_check_looks(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, LONG_SUBJECT, BROKEN_LINK)
    told = campaigner("check", "--only", "subject-length")
    assert (told.exit_code, "link-broken" in told.out, "subject-length" in told.out) == (0, False, True)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("subject-lenght", 'Did you mean "subject-length"?'), ("nope", "campaigner check --list")],
)
def test_an_unknown_check_that_is_asked_for_is_wrong_usage(campaigner: Run, name: str, hint: str) -> None:
    told = campaigner("check", "--only", name)
    assert told.exit_code == 2
    assert hint in told.err


def test_a_draft_is_checked_when_it_is_asked_for(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK, Example(of="front matter", text="draft: true"))
    assert campaigner("check").out == "0 campaigns checked: nothing found.\n"
    assert campaigner("check", "--drafts").exit_code == 1
    assert campaigner("check", SLUG).exit_code == 1


def test_a_draft_is_held_to_what_listings_will_show(campaigner: Run, tmp_path: Path) -> None:
    medical = Example(of="settings", text='[check]\npolicies = ["medical-uk"]\n')
    front_matter = "draft: true\naudience: professionals\nimage_alt: A vial of Botox"
    workspace_with(tmp_path, medical, Example(of="front matter", text=front_matter))
    told = campaigner("check", SLUG, "--only", "policy-term")
    assert (
        f"{ARTICLE}:{line_of(tmp_path, 'image_alt')}:1: error   the listing on home, tags and feed"
        in told.out
    )
    assert "policy-term, listing" in told.out


def test_a_slug_that_nobody_has_is_wrong_usage(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path)
    told = campaigner("check", "glass-vial")
    assert told.exit_code == 2
    assert f'Did you mean "{SLUG}"?' in told.err


def test_what_cannot_be_rendered_is_told_as_a_build_tells_it(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, Example(of="article", text="As we know [@nobody]."))
    told = campaigner("check")
    assert told.exit_code == 1
    assert f"{ARTICLE}:{line_of(tmp_path, '@nobody')}:" in told.err


def test_all_checks_are_listed(campaigner: Run) -> None:
    lines = campaigner("check", "--list").out.splitlines()
    assert [line.split()[0] for line in lines] == [check.name for check in CHECKS]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_each_check_explains_itself(campaigner: Run, check: Check) -> None:
    told = campaigner("check", "--explain", check.name).out
    assert told.startswith(check.name)
    assert "Source: " in told
    assert "Bad, in the" in told
    assert "Good, in the" in told


@pytest.mark.parametrize("name", ["policy-term", "policy-wording", "policy-disclosure"])
def test_a_check_of_packs_tells_the_rules_that_ship(campaigner: Run, name: str) -> None:
    told = campaigner("check", "--explain", name).out
    _, _, rules = told.partition("None of them is legal advice.")
    held = [
        (pack, rule)
        for pack in shipped_packs()
        for rule in rules_of(shipped_pack(pack))
        if rule.check == name
    ]
    assert held
    for pack, rule in held:
        assert f"  {pack}  {rule.name}\n" in rules
        assert f"    {rule.url}\n" in rules
    assert "legal advice" not in campaigner("check", "--explain", "alt-missing").out


@pytest.mark.parametrize("name", shipped_packs())
def test_a_pack_tells_its_rules_in_any_folder(campaigner: Run, name: str) -> None:
    told = campaigner("check", "--explain", name).out
    assert told.startswith(f"{name}  (policy pack: ")
    assert told.endswith("No pack is legal advice.\n")
    for rule in rules_of(shipped_pack(name)):
        assert f"  {rule.name}  ({rule.check})\n" in told
        assert f"    {rule.url}\n" in told
        assert " ".join(rule.says) in " ".join(told.split())


def test_a_pack_of_the_workspace_tells_its_rules(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path)
    (tmp_path / "policies").mkdir()
    pack = tmp_path / "policies" / "house.toml"
    pack.write_text(
        'name = "House"\nabout = "Our words."\n[[wordings]]\nrule = "House 1"\nurl = "https://a.example/1"\n'
        'reason = "We do not shout"\nwords = ["act now", "hurry, hurry"]\nchannels = ["subject", "mail"]\n'
    )
    told = campaigner("check", "--explain", "house").out
    assert "  House 1  (policy-wording)\n    We do not shout.\n" in told
    assert "    Refused in subject lines and preheader and in the mail: act now; hurry, hurry.\n" in told
    pack.write_text("name = 1")
    broken = campaigner("check", "--explain", "house")
    assert broken.exit_code == 1
    assert broken.err.startswith("policies/house.toml:1:")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("can-spma", 'Did you mean "can-spam"?'),
        ("alt-mising", 'Did you mean "alt-missing"?'),
        ("zzz", "Packs are can-spam, casl, gdpr-signup, medical-uk; --list has the checks."),
    ],
)
def test_an_unknown_name_is_told_with_checks_and_packs(campaigner: Run, name: str, hint: str) -> None:
    told = campaigner("check", "--explain", name)
    assert told.exit_code == 2
    assert f'there is no check and no policy pack "{name}". {hint}' in told.err


def test_json_has_every_finding(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, LONG_SUBJECT, BROKEN_LINK)
    told = campaigner("check", "--format", "json").told
    assert told["counts"] == {"error": 1, "warning": 1, "note": 0}
    (broken,) = (one for one in told["findings"] if one["check"] == "link-broken")
    assert (broken["campaign"], broken["path"], broken["line"]) == (
        SLUG,
        ARTICLE,
        line_of(tmp_path, "letters/"),
    )


def test_sarif_names_rules_and_regions(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    (run,) = json.loads(campaigner("check", "--format", "sarif").out)["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {check.name for check in CHECKS}
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], result["level"]) == ("link-broken", "error")
    assert place["artifactLocation"]["uri"] == ARTICLE
    assert place["region"]["startLine"] == line_of(tmp_path, "letters/")


def test_junit_counts_failures(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    suites = ElementTree.fromstring(campaigner("check", "--format", "junit").out)
    (suite,) = suites
    assert (suite.get("name"), suite.get("failures")) == (SLUG, "1")
    assert suite.find("testcase/failure") is not None


def test_github_gets_commands(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    told = campaigner("check", "--format", "github").out
    assert told.startswith(
        f"::error file={ARTICLE},line={line_of(tmp_path, 'letters/')},col=1,title=link-broken::"
    )


BROKEN = "---\ntitle: [Vials\ndate: 2026-11-02\n---\n\nText.\n"
BROKEN_PATH = "campaigns/broken/article.md"


def workspace_with_a_broken_one(folder: Path, *examples: Example) -> None:
    """A clean campaign, and one whose front matter is no YAML."""
    workspace_with(folder, *examples)
    (folder / "campaigns" / "broken").mkdir()
    (folder / BROKEN_PATH).write_text(BROKEN)


def test_a_campaign_that_cannot_be_read_keeps_no_other_from_being_checked(
    campaigner: Run, tmp_path: Path
) -> None:
    workspace_with_a_broken_one(tmp_path, LONG_SUBJECT)
    told = campaigner("check")
    assert told.exit_code == 1
    assert told.err.startswith(f"{BROKEN_PATH}:3:")
    assert "subject-length, newsletter" in told.out
    assert told.out.endswith("1 campaign checked: 1 warning. 1 fault keeps the rest from being checked.\n")


def test_a_link_to_a_campaign_that_cannot_be_read_is_not_told_as_broken(
    campaigner: Run, tmp_path: Path
) -> None:
    waiver = "waivers: [{check: link-broken, reason: It comes next week}]"
    link = Example(of="article", text="There is more in [our letters](/broken/).")
    workspace_with_a_broken_one(tmp_path, link, Example(of="front matter", text=waiver))
    assert "nothing found" in campaigner("check").out


def test_a_link_of_a_named_campaign_to_one_that_cannot_be_read_is_not_told_as_broken(
    campaigner: Run, tmp_path: Path
) -> None:
    waiver = "waivers: [{check: link-broken, reason: It comes next week}]"
    link = Example(
        of="article",
        text="There is more in [our letters](/broken/) and [this one as a mail](/broken/newsletter/).",
    )
    workspace_with_a_broken_one(tmp_path, link, Example(of="front matter", text=waiver))
    told = campaigner("check", SLUG)
    assert (told.exit_code, "nothing found" in told.out) == (0, True)


def test_a_named_campaign_beside_one_that_cannot_be_read_is_told_its_own_broken_links(
    campaigner: Run, tmp_path: Path
) -> None:
    workspace_with_a_broken_one(tmp_path, Example(of="article", text="There is more in [it](/letters/)."))
    told = campaigner("check", SLUG)
    assert (told.exit_code, "link-broken" in told.out) == (1, True)


def test_json_has_what_cannot_be_read(campaigner: Run, tmp_path: Path) -> None:
    workspace_with_a_broken_one(tmp_path, LONG_SUBJECT)
    told = campaigner("check", "--format", "json")
    assert (told.exit_code, told.err, told.told["campaigns"]) == (1, "", 1)
    assert told.told["counts"] == {"error": 1, "warning": 1, "note": 0}
    unread, _ = told.told["findings"]
    place = (unread["path"], unread["line"], unread["column"])
    assert (unread["check"], unread["severity"], unread["campaign"]) == ("unreadable", "error", "broken")
    assert place[:2] == (BROKEN_PATH, 3)
    assert f"{':'.join(map(str, place))}: {unread['message']}" in campaigner("check").err


def test_sarif_has_what_cannot_be_read_and_its_rule(campaigner: Run, tmp_path: Path) -> None:
    workspace_with_a_broken_one(tmp_path)
    (run,) = json.loads(campaigner("check", "--format", "sarif").out)["runs"]
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == ("unreadable", "error")
    assert "unreadable" in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    place = result["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == (BROKEN_PATH, 3)


def test_junit_has_what_cannot_be_read(campaigner: Run, tmp_path: Path) -> None:
    workspace_with_a_broken_one(tmp_path)
    root = ElementTree.fromstring(campaigner("check", "--format", "junit").out)
    assert (root.get("tests"), root.get("failures")) == ("1", "1")
    case = root.find("testsuite/testcase")
    assert case is not None
    assert (case.get("classname"), case.get("name")) == ("unreadable", f"{BROKEN_PATH}:3")


def test_github_gets_what_cannot_be_read(campaigner: Run, tmp_path: Path) -> None:
    workspace_with_a_broken_one(tmp_path)
    told = campaigner("check", "--format", "github").out
    assert re.match(rf"::error file={BROKEN_PATH},line=3,col=\d+,title=unreadable::", told)


@pytest.mark.parametrize("output_format", ["json", "sarif", "junit", "github"])
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("campaigner.toml", "[site\n"),
        ("sources.yaml", "a: [\n"),
        ("templates/blog/post.html", "{% if %}"),
        ("campaigner.toml", '[site]\nname = "A"\nurl = "https://a.example"\n[check]\npolicies = ["nope"]\n'),
    ],
    ids=["settings", "sources", "template", "policies"],
)
def test_a_program_is_told_what_keeps_all_from_being_checked(
    campaigner: Run, tmp_path: Path, file: str, text: str, output_format: str
) -> None:
    workspace_with(tmp_path)
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)
    told = campaigner("check", "--format", output_format)
    assert (told.exit_code, told.err) == (1, "")
    assert file in told.out
    assert "unreadable" in told.out


def test_a_program_is_told_that_there_is_no_workspace(campaigner: Run) -> None:
    told = campaigner("check", "--format", "json")
    assert told.exit_code == 1
    assert [one["check"] for one in told.told["findings"]] == ["unreadable"]


def test_no_baseline_lets_pass_what_cannot_be_read(campaigner: Run, tmp_path: Path) -> None:
    workspace_with_a_broken_one(tmp_path)
    (tmp_path / "baseline.json").write_text(campaigner("check", "--format", "json").out)
    told = campaigner("check", "--baseline", "baseline.json", "--format", "json")
    assert (told.exit_code, len(told.told["findings"])) == (1, 1)


def test_what_cannot_be_read_is_explained(campaigner: Run) -> None:
    assert campaigner("check", "--explain", "unreadable").out.startswith("unreadable  (error)\n")


@pytest.mark.parametrize("is_strict", [False, True])
def test_junit_fails_only_by_what_fails_the_command(campaigner: Run, tmp_path: Path, is_strict: bool) -> None:
    workspace_with(tmp_path, LONG_SUBJECT)
    told = campaigner("check", "--format", "junit", *(["--strict"] if is_strict else []))
    root = ElementTree.fromstring(told.out)
    (suite,) = root
    failures = "1" if is_strict else "0"
    assert (told.exit_code, suite.get("failures"), root.get("failures")) == (
        int(failures),
        failures,
        failures,
    )
    (case,) = suite
    assert [child.tag for child in case] == ["failure" if is_strict else "system-out"]
    assert f"{ARTICLE}:{line_of(tmp_path, 'subject:')}:" in (case[0].text or "")


def test_what_is_in_the_baseline_does_not_fail(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    (tmp_path / "baseline.json").write_text(campaigner("check", "--format", "json").out)
    told = campaigner("check", "--baseline", "baseline.json")
    assert (told.exit_code, told.out) == (
        0,
        "1 campaign checked: nothing found. 1 known from the baseline left out.\n",
    )
    article = tmp_path / ARTICLE
    article.write_text(f"{article.read_text()}\nAnd [more letters](/more-letters/).\n")
    told = campaigner("check", "--baseline", "baseline.json")
    assert told.exit_code == 1
    assert "/more-letters/" in told.out
    assert '"/letters/"' not in told.out


def test_a_finding_whose_numbers_changed_is_the_old_one(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, LONG_SUBJECT)
    (tmp_path / "baseline.json").write_text(campaigner("check", "--format", "json").out)
    article = tmp_path / ARTICLE
    article.write_text(article.read_text().replace(LONG, f"{LONG} now"))
    told = campaigner("check", "--strict", "--baseline", "baseline.json")
    assert (told.exit_code, "1 known from the baseline left out" in told.out) == (0, True)


def test_what_all_campaigns_have_is_known_of_each(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, Example(of="settings", text="[signup]\n"))
    shutil.copytree(tmp_path / "campaigns" / SLUG, tmp_path / "campaigns" / "second")
    (tmp_path / "baseline.json").write_text(campaigner("check", "--format", "json").out)
    told = campaigner("check", SLUG, "--baseline", "baseline.json")
    assert told.out.endswith("1 campaign checked: nothing found. 1 known from the baseline left out.\n")


def test_a_baseline_may_have_a_byte_order_mark(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    found = campaigner("check", "--format", "json").out
    (tmp_path / "baseline.json").write_text(found, encoding="utf-8-sig")
    assert campaigner("check", "--baseline", "baseline.json").exit_code == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": {}}', '{"findings": [{}]}', "[" * 100_000])
def test_what_is_no_baseline_is_told(campaigner: Run, tmp_path: Path, text: str) -> None:
    workspace_with(tmp_path)
    (tmp_path / "baseline.json").write_text(text)
    told = campaigner("check", "--baseline", "baseline.json")
    assert told.exit_code == 1
    assert told.err.startswith("baseline.json:1:1: this is no baseline.")
    assert campaigner("check", "--baseline", "nowhere.json").exit_code == 2


def test_a_waiver_of_the_settings_is_for_one_campaign_or_for_all(campaigner: Run, tmp_path: Path) -> None:
    waiver = '[[waivers]]\ncheck = "link-broken"\nreason = "The page comes next week"\n'
    for number, (more, code) in enumerate(
        (("", 0), (f'campaign = "{SLUG}"\n', 0), ('campaign = "another"\n', 1))
    ):
        folder = tmp_path / str(number)
        workspace_with(folder, BROKEN_LINK, Example(of="settings", text=waiver + more))
        assert campaigner("-C", str(folder), "check").exit_code == code


def test_a_waiver_of_an_article_is_for_no_other_campaign(campaigner: Run, tmp_path: Path) -> None:
    waiver = "waivers: [{check: link-broken, reason: It comes next week, campaign: another}]"
    workspace_with(tmp_path, BROKEN_LINK, Example(of="front matter", text=waiver))
    told = campaigner("check")
    assert told.exit_code == 1
    assert f"{ARTICLE}:{line_of(tmp_path, 'check: link-broken')}:" in told.err
    assert "`campaign` means nothing in an article" in told.err


def test_a_build_refuses_errors_where_it_is_told_to(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    told = campaigner("build", "--check")
    assert told.exit_code == 1
    assert not (tmp_path / "output").exists()
    (fault,) = told.faults
    assert fault.startswith(f"{ARTICLE}:{line_of(tmp_path, 'letters/')}:1: ")
    assert "(link-broken)" in fault
    assert campaigner("build").exit_code == 0


def test_a_build_that_is_checked_lets_warnings_pass(campaigner: Run, tmp_path: Path) -> None:
    workspace_with(tmp_path, LONG_SUBJECT)
    assert campaigner("build", "--check").exit_code == 0
    assert (tmp_path / "output" / "site" / SLUG / "index.html").exists()


def test_links_are_asked_for_only_online_and_never_in_a_private_network(
    campaigner: Run, tmp_path: Path
) -> None:
    workspace_with(tmp_path, Example(of="article", text="See [the study](https://10.0.0.1/study)."))
    assert "link-unanswered" not in campaigner("check").out
    told = campaigner("check", "--online", "--only", "link-unanswered")
    assert told.exit_code == 0
    assert f"{ARTICLE}:{line_of(tmp_path, 'the study')}:1: note" in told.out
    assert "its host is not on the public internet" in told.out


def test_what_a_build_kept_is_used_and_is_not_believed_where_it_is_damaged(
    campaigner: Run, tmp_path: Path
) -> None:
    workspace_with(tmp_path, BROKEN_LINK)
    assert campaigner("build").exit_code == 0
    before = campaigner("check").out
    (manifest,) = (tmp_path / ".campaigner" / "manifests").glob("*.sqlite")
    with closing(sqlite3.connect(manifest, isolation_level=None)) as database:
        database.execute("update campaigns set card = '{}'")
    assert campaigner("check").out == before
    manifest.write_bytes(b"no database")
    assert campaigner("check").out == before


def test_an_ended_campaign_that_nothing_leads_to_is_told_only_among_all_campaigns(
    campaigner: Run, tmp_path: Path
) -> None:
    workspace_with(tmp_path, Example(of="front matter", text="date: 2026-11-01\nexpiry_date: 2026-11-02"))
    told = campaigner("check")
    assert told.exit_code == 0
    assert f"{ARTICLE}:{line_of(tmp_path, 'expiry_date')}:1: note" in told.out
    assert "orphan-page, blog post" in told.out
    assert "orphan-page" not in campaigner("check", SLUG).out
    other = tmp_path / "campaigns" / "newer-vials"
    other.mkdir()
    (other / "article.md").write_text(
        f"---\ntitle: Newer vials\ndate: 2026-11-02\n---\n\nSee [old vials](/{SLUG}/).\n"
    )
    assert "orphan-page" not in campaigner("check").out
