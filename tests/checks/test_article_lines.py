"""What an article says twice, or elsewhere than where it is to blame, is told at the line that is meant."""

from pathlib import Path

import pytest

from campaigner.model.finding import Output
from campaigner.value import Value
from checks.examples import SLUG, workspace_with
from publisher import Publisher

ARTICLE = f"campaigns/{SLUG}/article.md"
#: what the article says before, much like what is wrong behind it
BEFORE = """\
Read [our first page](/), [the privacy page](https://glass-letter.example/privacy/) and
[the register](https://register.example.org/list?kind=a), all of them once more.

| Part | Made of |
|---|---|
| Cap | Metal |
| Lid | Card |

- Look at the label again.

![A vial](vials.png)
"""


class Case(Value):
    """A fault at the end of an article."""

    check: str
    text: str
    #: what the line that is told begins with
    line: str

    def __str__(self) -> str:
        """What a test of it is called."""
        return f"{self.check} {self.line[:30]}"


CASES = (
    Case(
        check="utm-internal",
        text="See [the privacy page](https://glass-letter.example/privacy/?utm_source=post).",
        line="See [the",
    ),
    Case(
        check="utm-internal",
        text="See [this](https://glass-letter.example/privacy/).\n\nOr [that](/privacy/?utm_source=post).",
        line="Or [that",
    ),
    Case(
        check="link-click-id",
        text="See [one](https://a.example.org/p) first.\n\nThen [two](https://a.example.org/p?fbclid=abc12345).",
        line="Then [two",
    ),
    Case(
        check="link-text-vague",
        text="Read more [here][r] today.\n\nAnd go on.\n\n[r]: https://papers.example.org/there",
        line="Read more [here][r]",
    ),
    Case(
        check="address-insecure",
        text="Read [the paper][r] today.\n\nAnd go on.\n\n[r]: http://papers.example.org/there",
        line="[r]: http:",
    ),
    Case(
        check="link-text-vague",
        text="A box says [click here](/) and nothing else.",
        line="A box says",
    ),
    Case(
        check="link-text-address",
        text="Read [www.other.example](https://register.example.org/list?kind=a) too.",
        line="Read [www.",
    ),
    Case(check="address-insecure", text="See [it](<http://a.example.org/ü b c>).", line="See [it"),
    Case(check="link-broken", text="See [it](</nö where/>).", line="See [it"),
    Case(check="link-broken", text="See [it](HTTPS://Glass-Letter.EXAMPLE/nope2/).", line="See [it"),
    Case(check="link-broken", text="See [it](//glass-letter.example/nope/).", line="See [it"),
    Case(check="alt-file-name", text="![vials.png](vials.png)", line="![vials"),
    Case(check="table-headers", text="| | |\n|---|---|\n| Cap | Metal |\n| Box | Wood |", line="| | |"),
    Case(
        check="table-headers",
        text="<table><tr><td>Cap</td><td>Metal</td></tr>\n<tr><td>Box</td><td>Wood</td></tr></table>",
        line="<table>",
    ),
    Case(check="heading-order", text="#### Look at the label", line="#### Look"),
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_fault_is_told_at_the_line_that_is_meant(case: Case, tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    publisher = Publisher(root=workspace.root)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    article = f"{text}\n\n{BEFORE}\n{case.text}\n"
    publisher.write(ARTICLE, article)
    told = {(one.path, one.line) for one in publisher.review().findings if one.check == case.check}
    lines = article.split("\n")
    (line,) = (number for number, line in enumerate(lines, start=1) if line.startswith(case.line))
    assert told == {(ARTICLE, line)}


@pytest.mark.parametrize("host", ["HTTPS://Glass-Letter.EXAMPLE", "//glass-letter.example"])
def test_an_address_of_the_site_is_one_however_its_host_is_written(host: str, tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(ARTICLE, f"{text}\n\nSee [it]({host}/nope/), and [more of it]({host}/glass-vials/).\n")
    (told,) = [one for one in publisher.review().findings if one.check == "link-broken"]
    assert (told.output, told.line) == (Output.POST, text.count("\n") + 3)


def test_each_of_two_like_headings_is_told_at_its_own_line(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    publisher = Publisher(root=workspace.root)
    text = (tmp_path / ARTICLE).read_text(encoding="utf-8")
    publisher.write(
        ARTICLE, f"{text}\n\n#### The foot\n\nIt is flat.\n\n## The neck\n\n#### The foot\n\nOnce more.\n"
    )
    told = {one.line for one in publisher.review().findings if one.check == "heading-order"}
    first = text.count("\n") + 3
    assert told == {first, first + 6}
