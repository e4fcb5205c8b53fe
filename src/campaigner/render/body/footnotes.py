"""Keeps footnotes and the places that refer to them together, whatever a channel leaves out."""

from lxml.html import HtmlElement

#: classes of the links that lead to a note and back, as Markdown names them
REFERENCE, RETURN = "footnote-ref", "footnote-backref"


def notes_of(tree: HtmlElement) -> HtmlElement | None:
    """The block with all footnotes, as Markdown writes it; None where there are none."""
    return next(
        (
            block
            for block in tree.iter("div")
            if "footnote" in block.get("class", "").split() and block.find("ol") is not None
        ),
        None,
    )


def settle_footnotes(tree: HtmlElement) -> None:
    """Keep the footnotes that a tree refers to, numbered in the order in which it does.

    What leads back to a place that is not there any more goes too.
    """
    notes = notes_of(tree)
    if notes is None:
        return
    items = {f"#{item.get('id')}": item for item in notes.iterfind("ol/li") if item.get("id")}
    cited = _cited(tree, notes, items)
    if not cited:
        notes.drop_tree()
        return
    for target, item in items.items():
        if target not in cited:
            item.drop_tree()
    for target in cited:
        notes.find("ol").append(items[target])
    for reference in _links(tree, REFERENCE):
        if reference.get("href") in cited:
            reference.text = str(cited.index(reference.get("href", "")) + 1)
    places = {f"#{element.get('id')}" for element in tree.iter() if element.get("id")}
    for link in _links(notes, RETURN):
        if link.get("href") not in places:
            link.drop_tree()


def _cited(tree: HtmlElement, notes: HtmlElement, items: dict[str, HtmlElement]) -> list[str]:
    """The notes that a tree refers to, in the order in which it does; a note may refer to another one."""
    cited: list[str] = []

    def follow(references: list[HtmlElement]) -> None:
        targets = (reference.get("href", "") for reference in references)
        cited.extend(target for target in dict.fromkeys(targets) if target in items and target not in cited)

    inside = {*notes.iter("a")}
    follow([reference for reference in _links(tree, REFERENCE) if reference not in inside])
    for target in cited:  # grows while it is read
        follow(_links(items[target], REFERENCE))
    return cited


def _links(tree: HtmlElement, name: str) -> list[HtmlElement]:
    return [link for link in tree.iter("a") if name in link.get("class", "").split()]
