"""What templates see. Each page is one of these values; `templates/README.md` lists them.

All addresses named `href` are ready to be written: relative to the page they stand on, so that
the site works at any address and in any folder. Those named `url` are absolute.
"""

from campaigner.model.pages.common import (
    NO_MARKUP,
    AuthorView,
    BrandView,
    DateView,
    Head,
    LinkView,
    Palette,
    Picture,
    Rendition,
    ShareImage,
    SiteView,
)
from campaigner.model.pages.landing import (
    BenefitView,
    FieldView,
    FormView,
    LandingPage,
    OfferView,
    QuestionView,
    VoiceView,
)
from campaigner.model.pages.mail import LetterMail, MailPicture, NewsletterMail
from campaigner.model.pages.post import ContentsEntry, PostPage, Reference, Teaser
from campaigner.model.pages.signup import ChoiceView, SignUpPage
from campaigner.model.pages.site import ListPage, PlainPage, RedirectPage

__all__ = (
    "NO_MARKUP",
    "AuthorView",
    "BenefitView",
    "BrandView",
    "ChoiceView",
    "ContentsEntry",
    "DateView",
    "FieldView",
    "FormView",
    "Head",
    "LandingPage",
    "LetterMail",
    "LinkView",
    "ListPage",
    "MailPicture",
    "NewsletterMail",
    "OfferView",
    "Palette",
    "Picture",
    "PlainPage",
    "PostPage",
    "QuestionView",
    "RedirectPage",
    "Reference",
    "Rendition",
    "ShareImage",
    "SignUpPage",
    "SiteView",
    "Teaser",
    "VoiceView",
)
