"""Operations on an article's tree."""

from campaigner.render.body.anchors import settle_anchors
from campaigner.render.body.tree import Slots, stands_alone, tree_of


def test_only_what_has_its_paragraph_for_itself_stands_alone() -> None:
    tree = tree_of("<p> <img> </p><p>x<img></p><p><img>x</p><p><img><br></p><p><br><img></p><div><img></div>")
    assert [stands_alone(one) is not None for one in tree.iter("img")] == [True, *[False] * 5]


def test_a_paragraph_of_many_links_is_gone_through_once() -> None:
    tree = tree_of(f"<p>{'<a>x</a>' * 60_000}</p>")
    assert not any(stands_alone(link) is not None for link in tree.iter("a"))


def test_many_places_of_one_name_are_numbered_at_once() -> None:
    tree = tree_of("<b id=x></b>" * 30_000)
    settle_anchors(tree)
    assert [one.get("id") for one in tree][::10_000] == ["x", "x-10001", "x-20001"]


def test_a_finished_piece_is_put_in_once() -> None:
    tree = tree_of("<p>a<b>x</b>c</p>")
    slots = Slots()
    slots.put(next(tree.iter("b")), "\ufdd20\ufdd3")
    assert slots.filled("<p>a\ufdd20\ufdd3c</p>") == "<p>a\ufdd20\ufdd3c</p>"
