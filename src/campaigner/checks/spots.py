"""Where a problem is, as a check says it; `places` finds the line of the source."""

from lxml.html import HtmlElement

from campaigner.value import Value


class Key(Value):
    """A key of front matter, by dotted path: "landing.faq.0.question"."""

    path: str
    #: of the theme, which stand in its place where it is not written, and in which language; empty for none
    words: str = ""
    language: str = ""


class Said(Value):
    """Words that a key of front matter says, unless a template of the workspace's own says them itself."""

    key: Key
    #: which show them: the template has one of them with all of its words
    by: tuple[HtmlElement, ...]
    #: whether such a template is to blame whatever words it has: something else is wrong with the element
    is_of_template: bool = False


class Setting(Value):
    """A key of campaigner.toml, by dotted path: "sender.postal_address"."""

    path: str


class Wording(Value):
    """The words of an element, where these are to blame, and not where it leads or how it looks."""

    of: HtmlElement


class Passage(Value):
    """A piece of the article's text as it was written, by the places of its characters in it."""

    start: int
    end: int


class Words(Value):
    """What stands somewhere in a file of the workspace."""

    path: str
    #: the first that is found there is meant
    texts: tuple[str, ...]
    #: of a link, where it leads and what it is called: a template may have computed either
    href: str = ""
    label: str = ""


class Region(Value):
    """A place in a file of the workspace; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1
    #: the last character's, where the region is known to end
    end_line: int = 0
    end_column: int = 0


class Styles(Value):
    """A rule of the mail's stylesheets in the theme, by what it begins with."""

    text: str


class Styled(Value):
    """How an element of a mail looks, by the properties that make it look so."""

    of: HtmlElement
    #: the one that is most to blame first
    properties: tuple[str, ...]
    is_dark: bool = False


class Lacking(Value):
    """What a page or mail should have and has not, or has wrongly: by signs of it in the theme's templates."""

    #: best first: what itself looks like, then what it stands in
    signs: tuple[str, ...]
    #: of the templates that may have it
    ending: str = ".html"
    #: words of the theme that it shows, and in which language: where they are empty, they are to blame
    words: str = ""
    language: str = ""


class OwnTemplate(Value):
    """A template of the workspace's own, which writes something itself; the key that it passes on where it has none."""

    #: "newsletter/subject.txt"
    name: str
    #: what stands on the line that is meant
    sign: str
    key: Key


class ThemeWords(Value):
    """Words of the theme in which the name of the site stands, and the template that shows them."""

    words: str
    language: str
    #: "mails/welcome/subject.txt"; empty where the program itself hands them on
    template: str = ""


class SharedSource(Value):
    """A source of sources.yaml, by its id, or a key of it."""

    id: str
    key: str = ""


#: an element stands for the text that it was made from
Spot = (
    HtmlElement
    | Wording
    | Key
    | Said
    | Setting
    | Passage
    | Words
    | Region
    | Styles
    | Styled
    | Lacking
    | OwnTemplate
    | ThemeWords
    | SharedSource
)
