"""The pages that the sign-up app answers with, in the look of the site.

They may stand anywhere: beside the site, on another host, or in the preview. So all that they show of the site is
addressed from `root`, which is where the site is as a browser on these pages sees it; it ends in /.
"""

from collections.abc import Mapping

from markupsafe import Markup

from campaigner.model.pages import FieldView, SignUpPage
from campaigner.render.landing import TEMPLATES, form_view, landing_view
from campaigner.render.pages import CampaignPages
from campaigner.render.publication import Publication
from campaigner.value import Value, replace

MESSAGE, QUESTION, PREFERENCES = "signup/message.html", "signup/question.html", "signup/preferences.html"


class FormBack(Value):
    """A form as it came back: what stood in its fields, and what is wrong with them, by name."""

    values: Mapping[str, str]
    errors: Mapping[str, str]
    consent_error: str = ""


def landing_again(pages: CampaignPages, back: FormBack, *, root: str, stamp: str) -> str:
    """Give the sign-up page with what was filled in, each error beside its field, and the stamp of when that was."""
    view = landing_view(pages, root, kind=TEMPLATES[0])
    head = replace(view.head, canonical_url="", robots="noindex", structured_data=Markup())
    form = form_view(pages)
    fields = tuple(
        replace(field, value=back.values.get(field.name, ""), error=back.errors.get(field.name, ""))
        for field in form.fields
    )
    form = replace(
        form,
        fields=fields,
        consent_error=back.consent_error,
        is_consent_given=not back.consent_error,
        stamp=stamp,
    )
    publication = pages.publication
    context = {"page": replace(view, head=head, form=form), "site": publication.site_view(root)}
    return publication.theme.render(TEMPLATES[0], {**context, "words": pages.words})


def app_page(
    publication: Publication, template: str, language: str, *, root: str, title: str, **parts: object
) -> str:
    """Give a page of the app; `parts` are those of SignUpPage."""
    words = publication.theme.words(language)
    head = publication.head(
        page="",
        title=f"{title} – {publication.settings.site.name}",
        description="",
        language=language,
        listed=False,
        canonical="",
    )
    view = SignUpPage(head=head, title=title, **parts)  # type: ignore[arg-type]
    return publication.theme.render(
        template, {"page": view, "site": publication.site_view(root), "words": words}
    )


def name_field(publication: Publication, language: str, *, value: str, error: str = "") -> FieldView:
    """Give the field for a subscriber's name."""
    words = publication.theme.words(language)
    return FieldView(
        name="name",
        label=words("field_name"),
        type="text",
        required=False,
        autocomplete="name",
        options=(),
        help="",
        value=value,
        error=error,
    )
