"""Renders each template of the app once before anybody is answered: what is broken is told while somebody looks."""

from campaigner.model.pages import ChoiceView
from campaigner.render.app_pages import (
    MESSAGE,
    PREFERENCES,
    QUESTION,
    FormBack,
    app_page,
    landing_again,
    name_field,
)
from campaigner.render.letters import KINDS, Letter
from campaigner.signup.house import PublishedHouse


def prove(house: PublishedHouse, *, root: str) -> None:
    """Render pages and mails for a campaign that readers see, where there is one; raises TemplateFault.

    What they need is loaded by that, so that the first sign-up is answered as quickly as all others.
    """
    pages = next(filter(None, map(house.pages, house.slugs)), None)
    if pages is None:
        return
    for kind in KINDS:
        letter = Letter(
            pages=pages,
            kind=kind,
            confirm_url=f"{pages.publication.base_url}confirm/x",
            unsubscribe_url=f"{pages.publication.base_url}unsubscribe/x",
            preferences_url=f"{pages.publication.base_url}preferences/x",
            days=1,
        )
        _ = (letter.html, letter.text)
    landing_again(pages, FormBack(values={}, errors={"email": "x"}, consent_error="x"), root=root, stamp="x")
    publication, language = pages.publication, pages.language
    for template in (MESSAGE, QUESTION, PREFERENCES):
        app_page(
            publication,
            template,
            language,
            root=root,
            title="x",
            paragraphs=("x",),
            button="x",
            name=name_field(publication, language, value="x", error="x"),
            choices=(ChoiceView(name="x", label="x", is_chosen=True),),
            is_saved=True,
            erase_error="x",
        )
