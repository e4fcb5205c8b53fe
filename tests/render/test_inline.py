"""Each of premailer's traps has a test that goes red without its guard."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from campaigner.errors import TemplateFault
from campaigner.render.inline import inline, web_version

HEAD = '<meta charset="utf-8"><title>T</title>'


def mail(body: str, head: str = HEAD) -> str:
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>{body}</body></html>'


def test_rules_are_written_into_the_elements_that_they_mean() -> None:
    done = inline(mail('<p class="a">x</p><p>y</p>'), "p { margin: 0; } p.a { color: #112345; }")
    assert '<p class="a" style="margin:0; color:#112345">x</p>' in done
    assert '<p style="margin:0">y</p>' in done


def test_the_doctype_stays_the_short_one_so_that_nothing_falls_into_quirks() -> None:
    assert inline(mail("x"), "").startswith("<!doctype html>\n<html lang")
    assert inline(mail("x"), "").lower().count("<!doctype") == 1


def test_there_is_one_charset_and_it_is_the_written_one() -> None:
    assert re.findall("charset[^>]*", inline(mail("é"), "")) == ['charset="utf-8"']


def test_a_kept_style_keeps_its_important_its_media_and_what_matches_nothing() -> None:
    kept = (
        '<style data-premailer="ignore">:root { color-scheme: light dark; }\n'
        "[data-ogsc] .a { color: #fff !important; }\nu + .body { margin: 0; }\n"
        "@font-face { font-family: X; src: url(x.woff2); }\n"
        "@media (max-width: 620px) { .a { color: red !important; } }</style>"
    )
    done = inline(mail('<p class="a">x</p>', HEAD + kept), ".a { color: #111111; }")
    assert kept.replace(' data-premailer="ignore"', "") in done


def test_important_survives_inlining() -> None:
    assert 'style="color:red !important"' in inline(mail("<p>x</p>"), "p { color: red !important; }")


def test_no_style_becomes_an_attribute() -> None:
    css = (
        "table { text-align: center; background-color: #ffffff; } td { vertical-align: top; height: 9px; }"
        "img { width: 100%; }"
    )
    done = inline(
        mail('<table><tr><td><img src="a.png" alt="" width="600" height="300"></td></tr></table>'), css
    )
    assert "bgcolor" not in done
    assert "align=" not in done
    assert "valign" not in done
    assert '<td style="vertical-align:top; height:9px">' in done
    assert 'width="600" height="300"' in done


def test_floating_pictures_get_no_align_attribute() -> None:
    assert "align" not in inline(mail('<img src="a.png" alt="">'), "img { float: left; }")


def test_outlooks_comments_come_through_as_they_are() -> None:
    comments = (
        '<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->',
        "<!--[if !mso]><!-->",
        "<!--<![endif]-->",
        "<!--[if mso]></td></tr></table><![endif]-->",
    )
    done = inline(mail("<p>x</p>".join(comments)), "p { margin: 0; }")
    assert all(comment in done for comment in comments)


def test_placeholders_of_merge_fields_come_through_in_text_and_in_addresses() -> None:
    done = inline(
        mail('<a href="campaignerfieldq7x0z">Dear campaignerfieldq7x0z</a>'), "a { color: #111111; }"
    )
    assert '<a href="campaignerfieldq7x0z"' in done
    assert ">Dear campaignerfieldq7x0z</a>" in done


def test_addresses_keep_their_parameters() -> None:
    done = inline(mail('<a href="https://x.example/?a=1&amp;b=%C3%BC">x</a>'), "")
    assert 'href="https://x.example/?a=1&amp;b=%C3%BC"' in done


def test_the_result_is_ascii_and_invisible_spaces_are_references() -> None:
    done = inline(mail("Ü\u00a0\u200c\u034f🎉<p>é</p>"), "p { font-family: 'Säule'; }")
    assert done.isascii()
    assert "&#220;&#160;&#8204;&#847;&#127881;" in done


def test_a_kept_style_is_ascii_too_by_escapes_of_css() -> None:
    head = HEAD + "<style data-premailer=\"ignore\">p { font-family: 'Säule'; }</style>"
    assert "'S\\e4 ule'" in inline(mail("x", head), "")


@pytest.mark.parametrize(
    "rule",
    [
        "@import url(https://x.example/a.css);",
        "@media print { p { color: red; } }",
        "p:is(.a, .b) { color: red; }",
        "p:not(.a, .b) { color: red; }",
        "td:nth-child(2) { color: red; }",
        "a:hover { color: red; }",
        "* { color: red; }",
        ".sm\\:a { color: red; }",
        "p { & b { color: red; } }",
    ],
)
def test_a_rule_that_cannot_be_inlined_is_refused_with_its_line(rule: str) -> None:
    with pytest.raises(TemplateFault) as refused:
        inline(mail("<p>x</p>"), f"b {{ margin: 0; }}\n/* @media\n: */\n{rule}")
    assert refused.value.faults[0].line == 4
    assert refused.value.faults[0].path == "templates/styles/email.css"
    assert "email-head.css" in refused.value.faults[0].hint


def test_comments_may_say_anything() -> None:
    assert "margin:0" in inline(mail("<p>x</p>"), "/* @import, a:hover */ p { margin: 0; }")


def test_an_unmarked_style_element_is_refused() -> None:
    with pytest.raises(TemplateFault, match="must be marked"):
        inline(mail("x", HEAD + "<style>p { color: red; }</style>"), "")


def test_a_style_for_outlook_alone_needs_no_mark() -> None:
    comment = "<!--[if mso]><style>p { color: red; }</style><![endif]-->"
    assert comment in inline(mail("x", HEAD + comment), "")


def test_a_kept_style_imports_nothing() -> None:
    style = '<style data-premailer="ignore">@IMPORT "https://x.example/a.css";</style>'
    with pytest.raises(TemplateFault, match="@import"):
        inline(mail("x", HEAD + style), "")


def test_a_linked_stylesheet_is_not_fetched() -> None:
    link = '<link rel="stylesheet" href="https://127.0.0.1:9/a.css">'
    assert link in inline(mail("x", HEAD + link), "p { margin: 0; }")


def test_cssutils_is_silent_and_has_no_way_to_the_network() -> None:
    program = (
        "from campaigner.render.inline import inline\n"
        "inline('<html><body><p>x</p></body></html>', 'p { mso-hide: all; colour: rde; }')\n"
        "import cssutils, urllib.request\n"
        "asked = []\nurllib.request.urlopen = lambda *request, **_: asked.append(request)\n"
        "cssutils.parseString('@import \"http://127.0.0.1:9/a.css\";')\n"
        "assert not asked\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_premailer_is_imported_when_it_is_used_and_with_a_large_cache() -> None:
    program = (
        "import sys\nfrom campaigner.render.inline import inline\n"
        "assert 'premailer' not in sys.modules and 'lxml' not in sys.modules\n"
        "inline('<html><body><p>x</p></body></html>', 'p { margin: 0; }')\n"
        "from premailer.cache import cache\nassert cache.maxsize == 10000\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


KEEPING = """
import sys
from pathlib import Path
from campaigner.render.inline import inline
from campaigner.render.kept import Kept
mail = '<html><body><p>x</p><p style="color:#112345; margin:1px">y</p></body></html>'
print(inline(mail, sys.argv[2], Kept(folder=Path(sys.argv[1]), program="this one")))
print("cssutils" in sys.modules, file=sys.stderr)
"""


def inlined_by_another_process(folder: Path, stylesheet: str = "p { margin: 0; }") -> tuple[str, bool]:
    command = [sys.executable, "-c", KEEPING, str(folder), stylesheet]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return ran.stdout, ran.stderr.strip() == "True"


def test_styles_are_read_once_for_all_builds(tmp_path: Path) -> None:
    first, needs_cssutils = inlined_by_another_process(tmp_path)
    assert needs_cssutils
    assert '<p style="margin:1px; color:#112345">y</p>' in first
    assert inlined_by_another_process(tmp_path) == (first, False)


def test_what_the_environment_says_about_premailer_is_nothing_to_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("PREMAILER_CACHE", "x"), ("PREMAILER_CACHE_MAXSIZE", "abc")):
        monkeypatch.setenv(name, value)
    done, _ = inlined_by_another_process(tmp_path)
    assert '<p style="margin:0">x</p>' in done


def test_another_stylesheet_is_read_anew(tmp_path: Path) -> None:
    inlined_by_another_process(tmp_path)
    done, needs_cssutils = inlined_by_another_process(tmp_path, "p { padding: 0; }")
    assert needs_cssutils
    assert '<p style="padding:0">x</p>' in done


@pytest.mark.parametrize("entry", ["", "{}", "[]", '{"rules": [[1]], "declarations": []}', '{"rules": 1}'])
def test_what_was_kept_may_be_damaged(tmp_path: Path, entry: str) -> None:
    first, _ = inlined_by_another_process(tmp_path)
    (file,) = (tmp_path / "styles").iterdir()
    file.write_text(entry)
    assert inlined_by_another_process(tmp_path) == (first, True)


def test_one_mail_leaves_nothing_in_the_next() -> None:
    first = inline(mail("<p>x</p>"), "p { margin: 0; }")
    assert "style=" not in inline(mail("<p>x</p>"), "b { margin: 0; }")
    assert inline(mail("<p>x</p>"), "p { margin: 0; }") == first


def test_the_web_version_loses_what_is_only_for_mail() -> None:
    done = inline(
        mail(
            '<!--mail-only--><div class="a">View</div><!--/mail-only--><p>b</p>'
            "<!--mail-only-->u<!--/mail-only-->"
        ),
        ".a { color: #111111; }",
    )
    assert "View" in done
    page = web_version(done, "icon.svg")
    assert "View" not in page
    assert "mail-only" not in page
    assert "<p>b</p></body>" in page


def test_brackets_in_attributes_open_nothing() -> None:
    done = inline(
        mail(
            '<img alt="&lt;!--mail-only--&gt; &amp;lt;"><a href="https://a.example/&lt;b&gt;">x</a><!--own-->'
        ),
        "",
    )
    assert 'alt="&lt;!--mail-only--&gt; &amp;lt;"' in done
    assert 'href="https://a.example/%3Cb%3E"' in done
    assert "<!--own-->" in done


def test_the_web_version_is_hidden_from_search() -> None:
    page = web_version(inline(mail("x"), ""), "icon.svg")
    assert page.count('<meta name="robots" content="noindex">') == 1
    assert page.index("<head>") < page.index("noindex") < page.index("</head>")
