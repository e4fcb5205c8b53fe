"""Markdown files, from other tools too."""

from pathlib import Path

import pytest

from campaigner.content.documents import Document, DocumentImage, read_document
from campaigner.errors import ContentError

GIF = b"GIF89a"


def read(folder: Path, text: str) -> Document:
    path = folder / "post.md"
    path.write_text(text, newline="")
    return read_document(path)


def test_front_matter_is_split_off_untouched(tmp_path: Path) -> None:
    front_matter = 'title:   "A: title"  # why\ntags: [a, b]\n'
    document = read(tmp_path, f"---\n{front_matter}---\n\nText.\n")
    assert document.front_matter == front_matter
    assert document.markdown == "Text.\n"
    assert document.title == "A: title"


def test_a_heading_at_the_top_is_the_title_and_leaves_the_text(tmp_path: Path) -> None:
    document = read(
        tmp_path, "# My *great* [title](x) {#top} #\n\nBefore.\n\n## Part\n\n1. stays\n* as it is\n"
    )
    assert document.title == "My great title"
    assert document.markdown == "Before.\n\n## Part\n\n1. stays\n* as it is\n"


def test_a_heading_further_down_is_no_title_and_stays(tmp_path: Path) -> None:
    document = read(tmp_path, "Before.\n\n# Second part\n\n## Inner\n\nThird\n=====\n\n```\n# code\n```\n")
    assert document.title == ""
    assert document.markdown == "Before.\n\n## Second part\n\n### Inner\n\n## Third\n\n```\n# code\n```\n"


def test_an_underlined_title_is_one(tmp_path: Path) -> None:
    document = read(tmp_path, "Title\n=====\nText.\n")
    assert (document.title, document.markdown) == ("Title", "Text.\n")


def test_a_comment_in_code_is_no_title(tmp_path: Path) -> None:
    document = read(tmp_path, "```sh\n# not a title\n```\n\nText.\n")
    assert document.title == ""
    assert "# not a title" in document.markdown


def test_the_rest_stays_as_it_is(tmp_path: Path) -> None:
    body = 'Hi {{ reader.first_name | default("there") }}, see [@cdc].\n\n::: note\n*x*  \ny\n:::\n'
    body += "\n<!-- more -->\n\n\t# code\n"
    assert read(tmp_path, body).markdown == body


def test_windows_line_ends_and_byte_order_mark_are_gone(tmp_path: Path) -> None:
    document = read(tmp_path, "\ufeff---\r\ntitle: T\r\n---\r\nText.\r\n")
    assert (document.front_matter, document.markdown) == ("title: T\n", "Text.\n")


def test_broken_front_matter_is_left_for_the_build_to_tell(tmp_path: Path) -> None:
    document = read(tmp_path, "---\ntitle: [\n---\nText.\n")
    assert (document.title, document.front_matter) == ("", "title: [\n")


def test_front_matter_that_is_never_closed_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the front matter is never closed"):
        read(tmp_path, "---\ntitle: T\n\nText.\n")


def test_a_rule_at_the_beginning_is_no_front_matter(tmp_path: Path) -> None:
    document = read(tmp_path, "---\n\nText.\n")
    assert (document.front_matter, document.markdown) == ("", "---\n\nText.\n")


def test_pictures_beside_the_file_come_along_under_their_own_names(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "my pic.gif").write_bytes(GIF + b"1")
    for name in ("hero.jpg", "a%20b.webp", "ref.png", "html.avif", "scan.tif"):
        (tmp_path / name.replace("%20", " ")).write_bytes(GIF + name.encode())
    text = (
        "---\ntitle: T\ncover: hero.jpg\n---\n![a](<sub/my pic.gif>) ![b](gone.png) ![c](https://x.y/z.png) "
        "[l](x) ![d](./a%20b.webp?v=1) ![r]\n\n[r]: ref.png\n\n<img class=x src='html.avif'> ![t]( scan.tif )\n"
    )
    assert read(tmp_path, text).images == (
        DocumentImage(name="sub/my pic.gif", content=GIF + b"1"),
        DocumentImage(name="a b.webp", content=GIF + b"a%20b.webp"),
        DocumentImage(name="ref.png", content=GIF + b"ref.png"),
        DocumentImage(name="html.avif", content=GIF + b"html.avif"),
        DocumentImage(name="scan.tif", content=GIF + b"scan.tif"),
        DocumentImage(name="hero.jpg", content=GIF + b"hero.jpg"),
    )


def test_what_only_calls_itself_a_picture_does_not_come_along(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("no picture")
    (tmp_path / "b.svg").write_text("<svg/>")
    assert read(tmp_path, "![a](a.png) ![b](b.svg)\n").images == ()


def test_no_file_outside_of_the_folder_comes_along(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(GIF)
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    (folder / "own.png").write_bytes(GIF)
    names = ("../secret.png", f"{tmp_path}/secret.png", "link.png", f"{folder}/own.png")
    assert read(folder, " ".join(f"![a]({name})" for name in names)).images == ()


def test_a_title_that_is_no_text_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "---\ntitle: [a, b]\n---\nText.\n").title == ""


def test_characters_that_nobody_sees_are_gone(tmp_path: Path) -> None:
    assert read(tmp_path, "One\x0c\x07two\u200b\u2028three\ufffe.\n").markdown == "One\n\ntwo\u200b\nthree.\n"
