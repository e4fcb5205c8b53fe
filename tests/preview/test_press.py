"""The preview shows what a build writes, and after an edit what the next one would."""

import re

import pytest

from campaigner.errors import CampaignerError
from campaigner.model.output import OutputFile
from campaigner.preview.press import Press
from preview.conftest import press_of
from publisher import Publisher, article, picture, tree


def content(press: Press, path: str) -> bytes:
    file = press.file(path)
    assert file is not None, path
    return file.content if isinstance(file, OutputFile) else file.file.read_bytes()


def shown(press: Press, path: str) -> str:
    return content(press, path).decode()


def assert_same_as_build(publisher: Publisher, press: Press) -> None:
    """Every file of the site that a build writes is shown with the same bytes."""
    publisher.build(future=True)
    files = tree(publisher.output / "site")
    pages = sorted(files, key=lambda path: path.startswith("assets/"))  # a page says which assets there are
    assert {path: content(press, path) for path in pages} == files


def test_the_preview_shows_the_bytes_that_a_build_writes(publisher: Publisher) -> None:
    assert_same_as_build(publisher, press_of(publisher))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("campaigns/first/article.md", article("First of all", "Hello [@cited].", date="2026-11-03")),
        ("campaigns/fourth/article.md", article("Fourth", date="2026-11-04", tags="[shared]")),
        ("campaigns/first/cover.png", picture("red")),
        ("campaigner.toml", '[site]\nname = "The Herald"\nurl = "https://gazette.example"\n'),
        ("sources.yaml", "cited:\n  title: Another title\n"),
        ("privacy.md", "# Privacy\n\nWe keep nothing.\n"),
        ("templates/blog/post.html", "<!doctype html><title>{{ page.title }}</title>"),
        (
            "templates/_parts/page/byline.html",
            "{% macro byline(piece, words, updated=none, linked=true) %}by{% endmacro %}",
        ),
        ("templates/styles/site.css", "body { color: red }"),
        ("templates/words/en.toml", 'by = "from"'),
    ],
)
def test_after_an_edit_it_shows_what_the_next_build_would_write(
    publisher: Publisher, path: str, text: str | bytes
) -> None:
    press = press_of(publisher)
    assert_same_as_build(publisher, press)
    publisher.write(path, text)
    folder = "/".join(path.split("/")[:2])
    assert press.look({path, folder})
    assert_same_as_build(publisher, press)


def test_a_campaign_that_goes_is_shown_no_more(publisher: Publisher) -> None:
    press = press_of(publisher)
    (publisher.root / "campaigns" / "second" / "article.md").unlink()
    assert press.look({"campaigns/second/article.md"}).lineup
    assert press.file("second/") is None
    assert "Second" not in shown(press, "")


def test_a_draft_is_shown_when_it_is_asked_for(publisher: Publisher) -> None:
    assert press_of(publisher).file("sketch/") is None
    assert press_of(publisher).desk.hidden_drafts == 1
    assert "Sketch" in shown(press_of(publisher, drafts=True), "sketch/")
    assert "Sketch" in shown(press_of(publisher, slugs=("sketch",)), "sketch/")


def test_a_scheduled_campaign_is_shown_and_in_no_listing(publisher: Publisher) -> None:
    press = press_of(publisher)
    assert "Later" in shown(press, "later/")
    assert "Later" not in shown(press, "")


def test_a_campaign_begins_when_its_time_has_come(publisher: Publisher) -> None:
    press = press_of(publisher)
    assert "Later" not in shown(press, "")
    publisher.now = publisher.now.replace(year=2027, month=6)
    press.desk_is_current()
    assert "Later" in shown(press, "")


def test_the_last_page_that_was_right_stays_while_something_is_wrong(publisher: Publisher) -> None:
    press = press_of(publisher)
    before = content(press, "first/")
    publisher.write("campaigns/first/article.md", article("First", "A claim [@nowhere].", date="2026-11-03"))
    press.look({"campaigns/first/article.md"})
    assert content(press, "first/") == before
    (fault,) = press.verdicts.faults("first")
    assert (fault.line, fault.message) == (6, 'there is no source "nowhere"')
    assert press.was_right("first") is False  # its newsletter was never made
    publisher.write("campaigns/first/article.md", article("First", "A claim.", date="2026-11-03"))
    press.look({"campaigns/first/article.md"})
    assert press.verdicts.faults("first") == ()
    assert "A claim." in shown(press, "first/")
    publisher.write("campaigns/first/article.md", article("First", "A claim [@nowhere].", date="2026-11-03"))
    press.look({"campaigns/first/article.md"})
    assert press.verdicts.faults("first") == (fault,)
    assert press.was_right("first") is True


def test_what_is_made_without_a_file_that_cannot_be_read_is_not_called_right(publisher: Publisher) -> None:
    press = press_of(publisher)
    assert press.verdicts.faults("first") == ()
    publisher.write("sources.yaml", "cited: [\n")
    press.look({"sources.yaml"})
    assert press.verdicts.faults("first")[0].path == "sources.yaml"
    assert press.was_right("first") is False


def test_broken_settings_leave_what_was_right(publisher: Publisher) -> None:
    press = press_of(publisher)
    before = content(press, "first/")
    assert press.verdicts.faults("first") == ()
    publisher.write("campaigner.toml", "[site\n")
    press.look({"campaigner.toml"})
    assert content(press, "first/") == before
    assert press.verdicts.faults("first")[0].path == "campaigner.toml"
    assert press.was_right("first") is True


def test_a_workspace_whose_settings_cannot_be_read_is_told(publisher: Publisher) -> None:
    publisher.write("campaigner.toml", "[site\n")
    with pytest.raises(CampaignerError, match=r"campaigner\.toml:1"):
        press_of(publisher)


def test_a_reader_sees_their_own_name_and_the_fallback_where_there_is_none(publisher: Publisher) -> None:
    publisher.write("readers.yaml", "Ada:\n  first_name: Ada & <Co>\n")
    publisher.write(
        "campaigns/first/article.md",
        article("First", 'Dear {{ reader.first_name | default("colleague") }}.', date="2026-11-03"),
    )
    press = press_of(publisher)
    assert [reader.label for reader in press.desk.readers] == ["Ada", "Nothing is known", "Very long names"]
    ada, nobody = press.mail("first", 0), press.mail("first", 1)
    assert ada is not None
    assert nobody is not None
    assert "Dear Ada &amp; &lt;Co&gt;." in ada.html
    assert "Dear Ada & <Co>." in ada.text
    assert "Dear colleague." in nobody.html


def test_what_was_rendered_does_not_pile_up(publisher: Publisher) -> None:
    press = press_of(publisher)
    for number in range(50):
        publisher.write(
            "campaigns/first/article.md", article("First", f"Version {number}.", date="2026-11-03")
        )
        press.look({"campaigns/first/article.md"})
        assert f"Version {number}." in shown(press, "first/")
    shelves = (press._made, press._last, press._pages)
    assert all(len(shelf._kept) < 10 for shelf in shelves)


def test_what_was_not_looked_at_is_not_called_right(publisher: Publisher) -> None:
    publisher.edit("campaigns/first/article.md", "[@cited]", "[@nowhere]")
    press = press_of(publisher)
    assert not press.verdicts.is_checked("first")
    assert press.verdicts.known_faults("first") == ()
    assert len(press.verdicts.faults("first")) == 1
    assert press.verdicts.is_checked("first")
    assert [fault.message for fault in press.verdicts.known_faults("first")] == [
        'there is no source "nowhere"'
    ]
    publisher.edit("campaigns/first/article.md", "[@nowhere]", "[@cited]")
    press.look({"campaigns/first/article.md"})
    assert not press.verdicts.is_checked("first")


def test_a_campaign_is_not_blamed_for_the_settings(publisher: Publisher) -> None:
    press = press_of(publisher)
    publisher.write("campaigner.toml", "[site\n")
    press.look({"campaigner.toml"})
    assert press.verdicts.faults("first") != ()
    assert press.verdicts.known_faults("first") == ()


def test_what_was_found_is_known_for_longer_than_what_was_rendered(publisher: Publisher) -> None:
    for number in range(100):  # three units each are more than are kept
        publisher.write(f"campaigns/many-{number}/article.md", article(f"Number {number}"))
    press = press_of(publisher)
    for folder in press.desk.lineup.shown:
        press.verdicts.faults(folder)
    assert all(press.verdicts.is_checked(folder) for folder in press.desk.lineup.shown)


def test_a_mail_has_its_pictures_before_anything_else_was_rendered(publisher: Publisher) -> None:
    publisher.write("campaigns/first/cover.png", picture("red", (600, 300)))
    publisher.edit("campaigns/first/article.md", "Hello", "![A cover](cover.png)\n\nHello")
    press = press_of(publisher)
    mail = press.mail("first", 0)
    assert mail is not None
    pictures = re.findall(r"assets/cover[^\"]*\.png", mail.html)
    assert pictures
    for name in pictures:
        assert press.file(name) is not None, name
