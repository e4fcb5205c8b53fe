"""What HTML and attribute lists of an article become."""

import pytest

from desk import Desk, parse_strictly, words_of

HARMFUL = [
    "<script>alert(1)</script>",
    "<script\n>alert(1)</script>",
    "<img src=x onerror=alert(1) alt=x>",
    "<p onclick='alert(1)' style='color:red'>x</p>",
    "<style>p { color: red }</style>",
    "<iframe src='https://x.example'></iframe>",
    "<form action='https://x.example'><input name='a'><button>b</button></form>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mtext></mtext></math>",
    "<object data='x'></object><embed src='x'>",
    "<link rel=stylesheet href=x><meta http-equiv=refresh content=0>",
    "<base href='https://x.example'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](data:text/html,hello)",
    "[x](vbscript:x)",
    "para\n{onclick=alert(1) style=color:red}",
    "## H {onmouseover=alert(1)}",
    "[x](https://x.example){onclick=alert(1) target=_blank ping=https://y.example}",
    "<!-- a comment --><!--[if mso]>x<![endif]-->",
    "<details ontoggle=alert(1) open><summary>s</summary>d</details>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<table><tr><td background='x'>y</td></tr></table>",
]
REFUSED = (
    *(
        "<script>",
        "alert(1)</",
        "onerror",
        "onclick",
        "onload",
        "ontoggle",
        "onmouseover",
        "style=",
        "<style",
    ),
    *(
        "<iframe",
        "<form",
        "<input",
        "<button",
        "<svg",
        "<math",
        "<object",
        "<embed",
        "<link",
        "<meta",
        "<base",
    ),
    *("javascript", "data:", "vbscript", "<!--", "target=", "ping=", "background=", "<noscript"),
)


@pytest.mark.parametrize("text", [one for one in HARMFUL if "<img" not in one])
def test_nothing_that_runs_loads_or_styles_gets_through(desk: Desk, text: str) -> None:
    html = desk.blog(f"Before.\n\n{text}\n\nAfter.").lower()
    assert not [one for one in REFUSED if one in html]
    assert words_of(html).startswith("before.")
    assert words_of(html).endswith("after.")
    parse_strictly(desk.post(text))


def test_a_link_that_was_not_let_through_leaves_its_words(desk: Desk) -> None:
    text = "[the words](javascript:alert(1)) and [empty]()"
    assert desk.blog(text) == "<p><span>the words</span> and <span>empty</span></p>"
    assert "<a " not in desk.mail(text)
    assert desk.text(text).text == "the words and empty"
    assert desk.text(text).links == ()


def test_harmless_html_stays(desk: Desk) -> None:
    html = desk.blog('<p class="x">a<br><kbd>b</kbd> <mark>c</mark> H<sub>2</sub>O</p>\n')
    assert html == '<p class="x">a<br><kbd>b</kbd> <mark>c</mark> H<sub>2</sub>O</p>'


def test_html_can_be_refused_with_the_line_it_stands_on(strict_desk: Desk) -> None:
    faults = strict_desk.faults(
        "Fine.\n\n<p>one</p>\n\nA <b>two</b> line.\n\n`<i>` and <https://a.example>\n"
    )
    assert [(fault.line, fault.column) for fault in faults] == [(3, 1), (5, 3), (5, 9)]
    assert all("raw_html" in fault.hint for fault in faults)


def test_comments_code_and_the_more_line_are_no_html(strict_desk: Desk) -> None:
    text = "a\n\n<!-- more -->\n\n<!-- a remark -->\n\n```\n<p>code</p>\n```\n\n1 < 2 & 3 > 2 &amp; &copy;\n"
    assert strict_desk.faults(text) == []


def test_a_refused_publication_tells_other_faults_in_the_same_run(strict_desk: Desk) -> None:
    messages = [fault.message for fault in strict_desk.faults("<b>x</b> [@nobody] {{ now() }}")]
    assert len(messages) == 4


@pytest.mark.parametrize(
    "removed",
    [
        "<script>alert(1)</script>",
        "<iframe src='https://x.example'></iframe>",
        "<!-- a remark -->",
        "<p><style>p { color: red }</style></p>",
        "<p> </p>",
    ],
)
def test_no_empty_paragraph_is_left_of_html_that_is_taken_out(desk: Desk, removed: str) -> None:
    html = desk.blog(f"One.\n\n{removed}\n\nTwo.")
    assert words_of(html) == "One. Two."
    assert html.count("<p") == 2


def test_an_empty_paragraph_that_links_lead_to_stays(desk: Desk) -> None:
    assert '<p id="here"></p>' in desk.blog('<p id="here"></p>\n\n[there](#here)')
