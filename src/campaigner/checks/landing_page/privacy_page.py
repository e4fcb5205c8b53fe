"""There is a page that says what becomes of an address.

Where addresses are taken, the law of the European Union and of others wants that said. With `privacy` under `[site]`
every page and the form lead to it.

Source: GDPR, article 13, https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Setting
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(
    of="settings",
    text='[site]\nname = "The Glass Letter"\nurl = "https://glass-letter.example"\nlanguage = "en-GB"\n'
    'description = "Letters about glass, once a week, for people who work with it."\n',
)
GOOD = Example(
    of="settings",
    text='[site]\nname = "The Glass Letter"\nurl = "https://glass-letter.example"\nlanguage = "en-GB"\n'
    'description = "Letters about glass, once a week, for people who work with it."\n'
    'privacy = "https://glass-letter.example/privacy/"\n',
)


def check(article: Article) -> Iterator[Problem]:
    """Yield the lack of it."""
    if not article.settings.site.privacy:
        yield Problem(
            message="no privacy page is set, and the form takes addresses",
            hint='Write privacy.md, and privacy = "privacy.md" under [site]',
            at=Setting(path="site.privacy"),
        )
