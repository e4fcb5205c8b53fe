"""What checks look at: the values that a build writes, read once for all of them."""

from campaigner.checks.article import Article
from campaigner.checks.granted import Granted
from campaigner.checks.subjects.letters import Letters, Reader
from campaigner.checks.subjects.mail import AppMail, InboxLine, Mail, Newsletter
from campaigner.checks.subjects.page import MOST_BYTES, MOST_TAGS, LargePage, Page
from campaigner.checks.subjects.trio import Trio
from campaigner.checks.whole_site import Site

__all__ = (
    "MOST_BYTES",
    "MOST_TAGS",
    "AppMail",
    "InboxLine",
    "LargePage",
    "Letters",
    "Mail",
    "Newsletter",
    "Page",
    "Reader",
    "Subject",
    "Trio",
)

Subject = Article | Page | LargePage | Mail | Letters | Trio | Granted | Site
