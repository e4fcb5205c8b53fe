"""The links of a mail into your own site say where the click comes from.

Without it the visit is counted as one of nobody, and the mail seems to have brought none. Campaigner adds it to all
links of the text; a template of your own may have forgotten it.

Source: https://support.google.com/analytics/answer/10917952
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Newsletter
from campaigner.model.finding import Severity
from campaigner.render import addresses

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail",
    text='<p><a href="https://glass-letter.example/glass-vials/join/" style="color:#1c1b19">Join us</a></p>',
)
GOOD = Example(
    of="mail",
    text='<p><a href="https://glass-letter.example/glass-vials/join/?utm_source=newsletter&amp;utm_medium=email'
    '&amp;utm_campaign=glass-vials" style="color:#1c1b19">Join us</a></p>',
)


def check(mail: Newsletter) -> Iterator[Problem]:
    """Yield each link to this campaign's own pages that says nothing; the mail's web version is no visit."""
    article = mail.article
    utm = article.campaign.front_matter.utm or article.settings.utm
    if not utm.enabled or not utm.source:
        return
    slug = article.campaign.slug
    own = {article.base_url + page for page in (addresses.post(slug), addresses.landing(slug))}
    for link in mail.sound_links:
        address, _, query = link.url.partition("#")[0].partition("?")
        if (
            address in own
            and link.href[:4].lower() == "http"
            and "#" not in link.url
            and "utm_source=" not in query
        ):
            yield Problem(
                message=f'the link "{link.words[:60]}" does not say that the click comes from this mail',
                hint="Give it utm_source, utm_medium and utm_campaign as the others have them",
                at=link.element,
            )
