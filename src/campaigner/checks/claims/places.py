"""Where a source is described."""

from campaigner.checks.article import Article
from campaigner.checks.spots import Key, SharedSource


def place_of(article: Article, name: str, key: str = "") -> Key | SharedSource:
    """The source of this id: in front matter, else in sources.yaml."""
    if name in article.campaign.front_matter.sources:
        return Key(path=f"sources.{name}.{key}" if key else f"sources.{name}")
    return SharedSource(id=name, key=key)
