"""All links of a mail say the same of where a click comes from.

Statistics are case-sensitive and know no spelling: with "Newsletter" in one link and "newsletter" in the next, one
mail becomes two.

Source: https://support.google.com/analytics/answer/10917952
"""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="article",
    text="\n\nMore in [the register](https://register.glass-letter.example/?utm_source=Newsletter).",
)
GOOD = Example(
    of="article", text="\n\nMore in [the register](https://register.glass-letter.example/?utm_content=end)."
)


def check(mail: Newsletter) -> Iterator[Problem]:
    """Yield each link that says another source, medium or campaign than the settings do."""
    article = mail.article
    utm = article.campaign.front_matter.utm or article.settings.utm
    if not utm.enabled:
        return
    wanted = {
        "utm_source": utm.source,
        "utm_medium": utm.medium,
        "utm_campaign": utm.campaign or article.campaign.slug,
    }
    for link in mail.sound_links:
        if "utm_" not in link.href.lower():
            continue
        for name, value in parse_qsl(link.href.partition("#")[0].partition("?")[2]):
            right = wanted.get(name.lower())
            if right and (value != right or name != name.lower()):
                yield Problem(
                    message=f'the link "{link.words[:60]}" has {name}={value[:40]}, and the others have {right}',
                    hint=f"Take {name} out of the address: it is added by itself",
                    at=link.element,
                )
