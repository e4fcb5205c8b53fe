"""An article's first sentences, for places that name it and have no description of it."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.model.sentences import first_sentences
from campaigner.render.body.article import ArticleBody
from campaigner.render.body.tree import for_channel

#: where the words are of an article without a paragraph of its own: a list, a quotation, a callout
ELSEWHERE = ("p", "li", "dd")


def opening(article: ArticleBody, channel: str) -> str:
    """Give one or two sentences of what a channel shows, in plain words; "" where it has none."""
    paragraphs = _paragraphs(article.tree, channel)
    return first_sentences(map(article.words, paragraphs)) or first_sentences(
        map(article.words, for_channel(article.tree, channel).iter(*ELSEWHERE))
    )


def _paragraphs(tree: HtmlElement, channel: str) -> Iterator[HtmlElement]:
    """The paragraphs of the running text."""
    for block in tree:
        if block.tag == "p":
            yield block
        elif channel in block.get("data-channels", "").split():
            yield from _paragraphs(block, channel)
