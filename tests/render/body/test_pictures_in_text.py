"""Pictures of an article: figures where they stand alone, a part of their line everywhere else."""

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from desk import SLUG, Desk, parse_strictly
from publisher import picture


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The same, with a picture beside the article."""
    folder = desk.publication.pictures.workspace / "campaigns" / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "y.png").write_bytes(picture("teal", (1600, 800)))
    return desk


def only(html: str, tag: str) -> HtmlElement:
    (element,) = lxml_html.fragment_fromstring(html, create_parent="div").iter(tag)
    return element


@pytest.mark.parametrize(
    "text",
    [
        "- A point ![Y](y.png)\n- Another",
        "| Picture | Number |\n| --- | ---: |\n| ![Y](y.png) | 1 |",
        "A line with (![Y](y.png)) in it.",
        "A line with [![Y](y.png)](https://x.example/) in it.",
        "[![Y](y.png)](https://x.example/){.button}",
        "Term\n:   ![Y](y.png)",
    ],
)
def test_a_picture_in_a_line_comes_in_all_sizes_and_formats(desk: Desk, text: str) -> None:
    html = desk.blog(text)
    image, source = only(html, "img"), only(html, "source")
    assert "<figure" not in html
    assert source.get("type") == "image/webp"
    for one in (image, source):
        assert one.get("sizes")
        widths = [int(part.split()[1][:-1]) for part in one.get("srcset", "").split(",")]
        assert len(widths) > 1
        assert max(widths) == int(image.get("width", ""))
    assert int(image.get("width", "")) == 2 * int(image.get("height", ""))
    assert (image.get("alt"), image.get("loading")) == ("Y", "lazy")
    parse_strictly(desk.post(text))


def test_a_picture_adds_no_blank_to_its_line(desk: Desk) -> None:
    html = desk.blog("One (![Y](y.png)).")
    assert "(<picture><source" in html
    assert "></picture>)." in html


@pytest.mark.parametrize("text", ['[![Y](y.png "Words")](join/)', '- One\n\n  [![Y](y.png "Words")](join/)'])
def test_a_linked_picture_alone_in_its_paragraph_is_a_figure_with_its_link(desk: Desk, text: str) -> None:
    figure = only(desk.blog(text), "figure")
    assert [child.tag for child in figure] == ["a", "figcaption"]
    assert figure[0].get("href") == "join/"
    assert figure[0][0].tag == "picture"
    parse_strictly(desk.post(text))

    mail = only(desk.mail(text), "img")
    link, cell = [*mail.iterancestors()][:2]
    assert (link.tag, cell.get("class")) == ("a", "plate")
    assert link.get("href", "").startswith("https://gazette.example/spring-offer/join/")
    assert "Words" in desk.mail(text)


def test_a_linked_picture_whose_link_leads_nowhere_is_a_figure_without(desk: Desk) -> None:
    text = "[![Y](y.png)](javascript:alert%281%29)"
    assert only(desk.blog(text), "figure")[0].tag == "picture"
    assert next(only(desk.mail(text), "img").iterancestors()).get("class") == "plate"


def test_a_picture_within_a_linked_line_is_no_figure(desk: Desk) -> None:
    assert "<figure" not in desk.blog("[![Y](y.png) and words](join/)")
