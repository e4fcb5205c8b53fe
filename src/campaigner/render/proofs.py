"""A whole campaign rendered to be looked through before it leaves."""

from collections.abc import Mapping

from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Source
from campaigner.render.illustrations import IN_SITE
from campaigner.render.landing import render_landing
from campaigner.render.pages import CampaignPages
from campaigner.render.pictures import CachedFile
from campaigner.render.post import render_post
from campaigner.render.reader_mail import Proof, proof_of
from campaigner.value import Value

#: where a mail leads that is only looked at
UNSUBSCRIBE = "https://nowhere.invalid/unsubscribe/"
PREFERENCES = "https://nowhere.invalid/preferences/"


class Proofs(Value):
    """All that one campaign becomes; neighbours make no difference to it."""

    campaign: Campaign
    #: its own sources and the shared ones, by id
    sources: Mapping[str, Source]
    #: the HTML of its pages but for the web version of the mail, by path in the output folder
    pages: Mapping[str, str]
    newsletter: Proof
    #: the files that its pictures became, by address in the site: "assets/vial-800.0f3a52c1b9de.webp"
    pictures: Mapping[str, CachedFile]


def proofs_of(pages: CampaignPages) -> Proofs:
    """Render a campaign; raises CampaignerError with what is wrong, so that it cannot be rendered."""
    files = [*render_post(pages, previous=None, following=None), *render_landing(pages)]
    newsletter = proof_of(pages, unsubscribe_url=UNSUBSCRIBE, preferences_url=PREFERENCES)
    return Proofs(
        campaign=pages.campaign,
        sources=pages.sources,
        pages={file.path: file.content.decode() for file in files},
        newsletter=newsletter,
        # whatever the pages above show
        pictures={path.removeprefix(IN_SITE): file for path, file in pages.illustrations.files.items()},
    )
