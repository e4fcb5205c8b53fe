"""A mail, as checks look at it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from lxml.html import HtmlElement

from campaigner.checks.article import Article
from campaigner.checks.documents import document, ids_in, shown_text
from campaigner.checks.inked import PAPER, Look, looks_in
from campaigner.checks.leaning import Use, uses_in
from campaigner.checks.links import Link, links_of
from campaigner.checks.shown import Shown, shown_in
from campaigner.checks.spots import Key, OwnTemplate, Passage, ThemeWords
from campaigner.checks.tabled_links import links_around_tables
from campaigner.checks.written import folded
from campaigner.clients.reading import beginning
from campaigner.clients.uses import Found, features_of
from campaigner.model.finding import Output
from campaigner.render.letters import KINDS
from campaigner.render.merge_fields import without_fields
from campaigner.value import Value

#: the template of a mail's subject line
SUBJECT = "newsletter/subject.txt"


class InboxLine(Value):
    """What an inbox shows of a mail before it is opened."""

    #: "subject line", "preheader"
    name: str
    text: str
    #: what it was written in
    key: Key | Passage | ThemeWords
    #: that as it was written, without merge fields; a template may have added to it
    written: str = ""

    def at(self, is_so: Callable[[str], bool]) -> Key | Passage | ThemeWords | OwnTemplate:
        """Where that was written for which something is so of the line: the key, unless it is not so of it alone."""
        if not self.written or not isinstance(self.key, Key) or is_so(self.written):
            return self.key
        return OwnTemplate(name=SUBJECT, sign="page.subject", key=self.key)


class Mail(Value):
    """A mail: a newsletter, as a reader gets it of whom nothing is known, or one of the sign-up app."""

    #: the first is the one that is sent
    subjects: tuple[str, ...]
    preheader: str
    from_name: str
    from_address: str
    html: str
    #: that as the template wrote it: what inlined its styles has mended it
    drawn: str
    text: str
    #: composes all of it in one file
    compose: Callable[[], bytes]
    #: where it leads who wants no more of it; empty for who has not asked for any yet
    unsubscribe_url: str
    #: the files of its pictures, by address
    picture_files: Mapping[str, Path]
    article: Article

    output = Output.NEWSLETTER

    @property
    def folder(self) -> str:
        """Where its templates are: "newsletter"."""
        raise NotImplementedError

    @cached_property
    def subject_lines(self) -> tuple[InboxLine, ...]:
        """The subject line, and those that are tried against it."""
        raise NotImplementedError

    @property
    def preheader_key(self) -> Key | Passage | ThemeWords:
        """What the preheader was written in."""
        raise NotImplementedError

    @cached_property
    def inbox_lines(self) -> tuple[InboxLine, ...]:
        """All that an inbox shows: subject lines and preheader."""
        return (
            *self.subject_lines,
            InboxLine(name="preheader", text=self.preheader, key=self.preheader_key),
        )

    @cached_property
    def size(self) -> int:
        """Bytes of its HTML."""
        return len(self.html.encode("utf-8", "replace"))

    @cached_property
    def beginning(self) -> str:
        """As much of its HTML as is read: all of it, unless it is many times as large as a mail may be."""
        return beginning(self.html)

    @property
    def is_cut(self) -> bool:
        """Whether it goes on."""
        return len(self.beginning) < len(self.html)

    @cached_property
    def tree(self) -> HtmlElement:
        """The elements of its beginning."""
        return document(self.beginning)

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id is given."""
        return ids_in(self.tree)

    @cached_property
    def anchors(self) -> tuple[HtmlElement, ...]:
        """Its `<a>` elements."""
        return tuple(self.tree.iter("a"))

    @cached_property
    def links_around_tables(self) -> tuple[HtmlElement | None, ...]:
        """Those of them that hold a table as they were written; None for one that was not parsed."""
        found = tuple(links_around_tables(self.beginning, self.anchors))
        return found or tuple(links_around_tables(beginning(self.drawn), self.anchors))

    @cached_property
    def leading_anchors(self) -> tuple[HtmlElement, ...]:
        """Those of them that lead somewhere."""
        return tuple(anchor for anchor in self.anchors if anchor.get("href"))

    @cached_property
    def words(self) -> str:
        """What it says, with single spaces: the preheader, and all that is shown."""
        return " ".join(" ".join(body.text_content() for body in self.tree.iter("body")).split())

    @cached_property
    def css(self) -> tuple[str, ...]:
        """The text of each of its style elements."""
        return tuple(style.text or "" for style in self.tree.iter("style"))

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """What it uses that programs which lack it do badly without."""
        return uses_in(self.html, self.tree)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where it leads."""
        base_url = self.article.base_url
        return links_of(self.tree, base_url, base_url=base_url, in_mail=True)

    @cached_property
    def sound_links(self) -> tuple[Link, ...]:
        """Those of them whose address is one."""
        return tuple(link for link in self.links if link.slip is None)

    @cached_property
    def pictures(self) -> tuple[Shown, ...]:
        """The pictures that it shows."""
        return shown_in(self.tree, self.article.base_url, self.article.base_url, self.article.pictures)

    @cached_property
    def looks(self) -> Mapping[Look, Sequence[HtmlElement]]:
        """How its elements look in a program that keeps to the mail's colours."""
        return looks_in(self.tree, PAPER, None)

    @cached_property
    def shown(self) -> str:
        """What its HTML says, without what only programs read; runs of blanks are one."""
        return shown_text(self.tree)

    @cached_property
    def folded(self) -> str:
        """That in small letters, as `written.folded` has it."""
        return folded(self.shown)

    @cached_property
    def features(self) -> tuple[Found, ...]:
        """The features of caniemail.com that it uses."""
        return features_of(self.html)


class Newsletter(Mail):
    """The newsletter, as a reader gets it of whom nothing is known."""

    #: where it is read in a browser
    web_version_url: str

    output = Output.NEWSLETTER
    folder = "newsletter"

    @cached_property
    def subject_lines(self) -> tuple[InboxLine, ...]:
        """The subject line, and those that are tried against it; without one of its own it has the title."""
        meant = self.article.campaign.front_matter.newsletter
        title = self.article.campaign.front_matter.title
        written = [meant.subject or title, *meant.subjects]
        keys = [
            "newsletter.subject" if meant.subject else "title",
            *(f"newsletter.subjects.{number}" for number in range(len(meant.subjects))),
        ]
        return tuple(
            InboxLine(
                name="subject line",
                text=subject,
                key=Key(path=key),
                written=without_fields(text, self.article.campaign.position(key)),
            )
            for subject, key, text in zip(self.subjects, keys, written, strict=True)
        )

    @property
    def preheader_key(self) -> Key | Passage:
        """What the preheader was written in; without a text of its own it is how the article begins."""
        front_matter = self.article.campaign.front_matter
        if front_matter.newsletter.preheader:
            return Key(path="newsletter.preheader")
        first = next((one for one in self.article.sentences if "newsletter" in one.channels), None)
        if front_matter.description or first is None:
            return Key(path="description")
        return Passage(start=first.start, end=first.end)


class AppMail(Mail):
    """A mail of the sign-up app, as somebody gets it who signs up for some campaign."""

    output: Output
    #: of render.letters.KINDS
    kind: str
    #: the link in it that confirms a sign-up; empty where it has none
    confirm_url: str

    @property
    def folder(self) -> str:
        """Where its templates are: "mails/welcome"."""
        return f"mails/{self.kind}"

    @cached_property
    def subject_lines(self) -> tuple[InboxLine, ...]:
        """The subject line."""
        key = self._words("subject", template=f"{self.folder}/subject.txt")
        return (InboxLine(name="subject line", text=self.subjects[0], key=key),)

    @property
    def preheader_key(self) -> ThemeWords:
        """The words that it has from the theme."""
        return self._words("preheader")

    def _words(self, what: str, *, template: str = "") -> ThemeWords:
        return ThemeWords(
            words=f"mail_{KINDS[self.kind]}_{what}",
            language=self.article.campaign.front_matter.lang or "",
            template=template,
        )
