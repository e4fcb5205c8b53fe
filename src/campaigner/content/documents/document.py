"""What was found in a document that somebody wrote elsewhere."""

from campaigner.value import Value


class DocumentImage(Value):
    """A picture that the Markdown of a document shows."""

    #: as the Markdown names it: a path with forward slashes that stays below the article's folder
    name: str
    content: bytes


class Document(Value):
    """A document as Markdown, with what can be said about it."""

    #: one line of plain text; "" where the document has none
    title: str
    #: one or two plain sentences of the first paragraph; "" where there is none
    description: str
    #: the text without its title; headings from ##, a paragraph a line, ends in one newline
    markdown: str
    #: the YAML between the two `---` lines of a Markdown file, as it was written
    front_matter: str = ""
    images: tuple[DocumentImage, ...] = ()
    #: addresses of pictures that it shows and that could not be taken along; in Markdown they still stand
    missing_pictures: tuple[str, ...] = ()
    #: language tag (BCP 47) if the document declares one
    language: str = ""
