"""From clean HTML to the Markdown of articles: markdownify, taught our dialect.

markdownify walks the tree, joins blocks and keeps spaces out of emphasis; what differs is written
here: four spaces a level (Python-Markdown asks for them), our escaping, and pictures, code and
footnotes as our renderer takes them.
"""

import re
from typing import Any

from markdownify import ATX, MarkdownConverter

from campaigner.content.documents.escaping import block, inline

INDENT = "    "
CONTAINERS = {"li", "blockquote", "dd", "footnote"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def as_markdown(html: str) -> str:
    """Give the Markdown of HTML that `html_tree` has made; without line ends around it."""
    return Converter(heading_style=ATX, bullets="-", autolinks=False, wrap=True, wrap_width=None).convert(
        html
    )


class Converter(MarkdownConverter):
    """A method a tag: it gets the element, the Markdown of what is inside, and the tags around."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape what is inside of a line."""
        escaped = inline(text)
        if parent_tags & {"td", "th"}:
            escaped = escaped.replace("|", r"\|")
        return escaped.replace("]", r"\]") if "a" in parent_tags else escaped

    def process_text(self, el: Any, parent_tags: set[str] | None = None) -> str:
        """Write text; an exclamation mark right before a link must not make a picture of it."""
        text: str = super().process_text(el, parent_tags)  # type: ignore[misc]  # the stub lacks it
        return f"{text[:-1]}\\!" if text.endswith("!") and el.next_sibling is not None else text

    def convert_p(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a paragraph on one line; where the author broke a line, on two."""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        lines = (line.strip(" ") for line in text.strip().split("\n"))
        paragraph = "  \n".join(block(line) for line in lines if line)
        if not paragraph:
            return ""
        opens_item = el.parent.name == "li" and el.find_previous_sibling() is None
        return f"{paragraph}\n" if opens_item else f"\n\n{paragraph}\n\n"

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        """Write a heading."""
        words = " ".join(text.split())
        return f"\n\n{'#' * n} {block(words)}\n\n" if words else ""

    def convert_li(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write an item with what is in it four spaces deeper."""
        if not text.strip():
            return ""
        text = _opened(text)
        start = int(el.parent.get("start", 1))
        bullet = f"{start + len(el.find_previous_siblings('li'))}." if el.parent.name == "ol" else "-"
        # behind several blocks the next item needs a blank line, or it goes on with the last one
        return f"{bullet} {_indented(text)}\n" + ("\n" if "\n\n" in text else "")

    def convert_blockquote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a quotation; inside of other blocks Python-Markdown takes a lone > for text."""
        lines = (
            f"> {line}" if line else "" if parent_tags & CONTAINERS else ">"
            for line in text.strip("\n").split("\n")
        )
        quotation = "\n".join(lines)
        return f"\n\n{quotation}\n\n" if text.strip() else ""

    def convert_dt(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a term."""
        return f"\n\n{block(' '.join(text.split()))}\n"

    def convert_dd(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write what a term means."""
        if el.find_previous_sibling("dt") is None:  # a term is missing, so it is a paragraph
            return f"\n\n{text.strip()}\n\n"
        return f":   {_indented(_opened(text))}\n" if text.strip() else ""

    def convert_pre(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write code: between fences, or indented where Python-Markdown knows no fences."""
        text = text.strip("\n")
        if not text.strip():
            return ""
        if parent_tags & CONTAINERS:
            return f"\n\n{INDENT}{_indented(text)}\n\n"
        fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 0)
        return f"\n\n{fence}{el.get('data-language', '')}\n{text}\n{fence}\n\n"

    def convert_a(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a link; the tree holds only such as lead somewhere."""
        words = text.strip()
        if not words or parent_tags & {"a", "_noformat"}:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}[{words}]({el['href']}){after}"

    def convert_img(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a picture; in a heading only what it shows."""
        alt = " ".join(inline(el.get("alt", "")).replace("]", r"\]").split())
        if parent_tags & HEADINGS:
            return alt
        return f"![{alt}]({el['src']})" + ("" if alt else "{.decorative}")

    def convert_s(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Strike out; Python-Markdown has no sign for it."""
        return f"<s>{text}</s>" if text.strip() and "_noformat" not in parent_tags else text

    def convert_td(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a cell; the tree has spread those that span several."""
        return f" {' '.join(text.split())} |"

    convert_th = convert_td

    def convert_footnote_mark(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write where a footnote belongs."""
        return f"[^{el['label']}]"

    def convert_footnote(self, el: Any, text: str, parent_tags: set[str]) -> str:
        """Write a footnote."""
        return f"\n\n[^{el['label']}]: {_indented(_opened(text))}\n\n"


def _opened(text: str) -> str:
    """Give blocks such that they can stand behind a bullet; code there would be text, so it comes below."""
    text = text.strip("\n").rstrip()
    return f"&nbsp;\n\n{text}" if text.startswith(INDENT) else text.lstrip()


def _indented(text: str) -> str:
    """Give `text` with all lines but the first, and no empty one, a level deeper."""
    return re.sub(r"\n(?=[^\n])", f"\n{INDENT}", text)
