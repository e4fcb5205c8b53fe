"""The three outputs of one article."""

from campaigner.checks.article import Article
from campaigner.checks.subjects.mail import Newsletter
from campaigner.checks.subjects.page import Page
from campaigner.value import Value


class Trio(Value):
    """The three outputs of one article, to be held against each other."""

    article: Article
    post: Page
    landing: Page
    mail: Newsletter
    web_version: Page

    @property
    def is_whole(self) -> bool:
        """Whether all of each is looked at: a part of one cannot be held against the others."""
        pages = self.post, self.landing, self.web_version
        return not self.mail.is_cut and not any(page.is_cut for page in pages)
