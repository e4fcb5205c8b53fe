"""A share card as a file of the site, drawn once."""

import hashlib

from campaigner.model.pages import Palette
from campaigner.render.addresses import ASSETS
from campaigner.render.illustrations import CARD_HEIGHT, CARD_VERSION, CARD_WIDTH
from campaigner.render.pictures import CachedFile
from campaigner.render.pictures.store import Encoded, Store
from campaigner.render.share_card import share_card


def stored_card(store: Store, *, title: str, site_name: str, kicker: str, palette: Palette) -> CachedFile:
    """Give a card of 1200 x 630 pixels; without a title the site's name is set large."""
    seal = repr((CARD_VERSION, title, site_name, kicker, palette))
    key = hashlib.blake2b(seal.encode(), digest_size=16).hexdigest()

    def draw() -> tuple[Encoded, ...]:
        png = share_card(title=title, site_name=site_name, kicker=kicker, palette=palette)
        return (Encoded(use="card", suffix=".png", width=CARD_WIDTH, height=CARD_HEIGHT, content=png),)

    (stored,) = store.renditions(key, draw)
    return CachedFile(
        path=f"site/{ASSETS}card.{stored.name}{stored.suffix}",
        file=store.file(stored),
        size=stored.size,
        width=CARD_WIDTH,
        height=CARD_HEIGHT,
        media_type="image/png",
    )
