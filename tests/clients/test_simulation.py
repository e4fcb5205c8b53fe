"""What becomes of a mail in each program."""

import re

import pytest

from campaigner.clients.programs import BY_NAME, PROGRAMS, Dark
from campaigner.clients.simulation import Mail, Simulation, simulate, simulations
from campaigner.value import replace

GMAIL = ("gmail-web", "gmail-android", "gmail-ios")
HONOURING = [program.name for program in PROGRAMS if program.dark is Dark.AUTHOR]
WEBMAIL = {"gmail-web": "m_2718281828459045235", "outlook-web": "x_", "yahoo": "yiv3141592653"}


def seen(html: str, name: str, *, dark: bool = False) -> Simulation:
    return simulate(Mail(html), BY_NAME[name], dark=dark)


def html_of(html: str, name: str, *, dark: bool = False) -> str:
    return seen(html, name, dark=dark).html


def head(css: str, rest: str = "<p>a</p>") -> str:
    return f"<html><head><style>{css}</style></head><body>{rest}</body></html>"


def styles(html: str, name: str, *, dark: bool = False) -> str:
    """What is left in the style elements of a mail."""
    return "".join(re.findall("<style[^>]*>(.*?)</style>", html_of(html, name, dark=dark), re.DOTALL))


def removed(simulation: Simulation) -> dict[str, int]:
    """How often each feature was removed, by its slug; what no page is about by its name."""
    return {one.feature.slug if one.feature else one.what: one.count for one in simulation.removed}


# Elements, attributes, declarations


@pytest.mark.parametrize(
    ("name", "kept", "dropped"),
    [
        ("gmail-web", "color:red;padding:0", "position:fixed"),
        ("gmail-android", "display:flex;color:red", "filter:blur(1px)"),
        ("gmail-ios", "border-radius:4px", "box-shadow:0 0 2px #000"),
        ("gmail-other-account", "box-shadow:0 0 2px #000", "display:flex"),
        ("outlook-windows", "color:red;margin:0", "border-radius:4px"),
        ("outlook-web", "border-radius:4px", "animation:a 1s"),
        ("apple-mail-macos", "color:oklch(50% 0.1 20);position:absolute", ""),
        ("apple-mail-ios", "filter:blur(1px);color:light-dark(#000,#fff)", ""),
        ("yahoo", "border-radius:4px", "height:10px"),
        ("samsung", "position:absolute", "color:oklch(50% 0.1 20)"),
        ("thunderbird", "display:grid", "color:oklch(50% 0.1 20)"),
    ],
)
def test_each_program_drops_the_declarations_that_it_does_not_support(
    name: str, kept: str, dropped: str
) -> None:
    found = seen(f'<p style="{kept};{dropped}">a</p>', name)
    assert f'<p style="{kept}">a</p>' in found.html
    assert sum(removed(found).values()) == bool(dropped)


def test_a_style_of_which_nothing_is_left_goes() -> None:
    assert "<p>a</p>" in html_of('<p style="border-radius:4px">a</p>', "outlook-windows")


def test_what_is_removed_is_counted_and_names_its_page() -> None:
    found = seen('<p style="border-radius:1px">a</p>' * 3 + "<p style='opacity:.5'>b</p>", "outlook-windows")
    first, second = found.removed
    assert first.feature is not None
    assert (first.what, first.count) == ("border-radius", 3)
    assert first.feature.url == "https://www.caniemail.com/features/css-border-radius/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first.feature.tested)
    assert (second.what, second.count) == ("opacity", 1)
    assert found.count == 4


def test_an_element_that_is_not_supported_leaves_what_it_holds() -> None:
    html = "<body>a<article>b<i>c</i>d</article>e</body>"
    assert "<body>ab<i>c</i>de</body>" in html_of(html, "outlook-windows")


def test_elements_in_elements_go_and_leave_what_they_hold() -> None:
    html = "<body><main>a<nav>b<section>c</section>d</nav>e</main>f</body>"
    assert "<body>abcdef</body>" in html_of(html, "outlook-windows")


@pytest.mark.parametrize(
    "html",
    [
        "a<svg><text>x</text></svg>b",
        "a<object>x</object>b",
        "a<wbr>b",
        'a<link rel="stylesheet" href="x.css">b',
        "a<input type='hidden'>b",
        "a<style>x</style>b",
        "<p>a</p><video>b<source src='y.mp4'></video>",
        "<p>a</p><audio>b</audio>",
    ],
)
def test_what_is_nothing_to_read_goes_and_leaves_what_follows(html: str) -> None:
    made = html_of(f"<body>{html}</body>", "gmail-ios")
    assert "x" not in made.partition("<u>")[2]
    assert re.sub("<[^>]*>", "", made.partition("<u>")[2]) == "ab"


def test_attributes_that_are_not_supported_go() -> None:
    found = seen('<p aria-label="a" align="center">b</p>', "thunderbird")
    assert '<p align="center">b</p>' in found.html
    assert removed(found) == {"html-aria-label": 1}


@pytest.mark.parametrize(
    ("name", "format", "is_shown"),
    [
        ("outlook-windows", "webp", False),
        ("outlook-windows", "avif", False),
        ("outlook-windows", "png", True),
        ("outlook-windows", "gif", True),
        ("gmail-web", "webp", True),
        ("gmail-web", "svg", False),
        ("gmail-other-account", "svg", True),
        ("gmail-android", "svg", False),
        ("apple-mail-ios", "avif", True),
        ("apple-mail-macos", "svg", True),
    ],
)
def test_a_picture_is_shown_where_its_format_is_known(name: str, format: str, is_shown: bool) -> None:  # noqa: A002
    made = html_of(f'<img src="https://x.example/a.{format}" alt="b">', name)
    assert ("https://x.example/a" in made) is is_shown
    assert 'alt="b"' in made


def test_a_picture_in_the_mail_itself_is_shown_where_that_is_known() -> None:
    html = '<img src="data:image/png;base64,AAAA">'
    assert "base64" not in html_of(html, "gmail-web")
    assert "base64" in html_of(html, "apple-mail-ios")


def test_a_source_of_a_format_that_is_not_known_never_counts() -> None:
    html = '<picture><source type="image/avif" srcset="a"><img src="b.png"></picture>'
    assert "<source" in html_of(html, "apple-mail-ios")
    assert '<body><img src="b.png"></body>' in html_of(html, "outlook-windows")


def test_fonts_of_the_system_are_skipped_in_an_attribute_and_in_a_rule() -> None:
    html = head("p{font-family:system-ui,Arial}", '<p style="font-family:system-ui,Georgia">a</p>')
    made = html_of(html, "outlook-windows")
    assert "p{font-family:Arial}" in made
    assert 'style="font-family:Georgia"' in made


# Accounts of Gmail


def test_an_account_of_another_provider_has_no_styles() -> None:
    html = head("p{color:red}", '<style>p{top:0}</style><p class="a" style="color:blue">a</p>')
    found = seen(html, "gmail-other-account")
    assert "<style" not in found.html
    assert 'class="a" style="color:blue"' in found.html
    assert removed(found) == {"html-style": 2}


def test_an_account_of_another_provider_shows_a_block_as_a_block() -> None:
    assert "display:block" in html_of('<p style="display:block">a</p>', "gmail-other-account")


def test_what_only_accounts_of_other_providers_show_an_account_of_google_does_not() -> None:
    html = "<body>a<meter>b</meter><progress>c</progress></body>"
    assert "<meter" in html_of(html, "gmail-other-account")
    assert "<meter" not in html_of(html, "gmail-android")


# Gmail's rules for styles


def of_size(size: int, name: str) -> str:
    return f"{name}{{color:red}}".ljust(size)


@pytest.mark.parametrize("name", GMAIL)
def test_gmail_keeps_16_kb_of_styles_and_no_more(name: str) -> None:
    assert "{color:red}" in styles(head(of_size(16 * 1024, "p")), name)
    found = seen(head(of_size(16 * 1024 + 1, "p")), name)
    assert "{color:red}" not in found.html
    assert removed(found) == {"<style> elements over the limit": 1}


@pytest.mark.parametrize("name", GMAIL)
def test_gmail_counts_all_styles_together(name: str) -> None:
    css = "</style><style>".join((of_size(9000, "a"), of_size(9000, "b"), of_size(7000, "i")))
    made = styles(head(css), name)
    assert "a{color:red}" in made
    assert "b{color:red}" not in made
    assert "i{color:red}" in made


def test_gmail_counts_bytes() -> None:
    assert ".é" not in styles(head(".é{color:red}" + "/*é*/" * 3000), "gmail-web")


def test_gmail_counts_what_it_drops_of_several_elements() -> None:
    css = "</style><style>".join(of_size(17_000, name) for name in "abi")
    assert removed(seen(head(css), "gmail-web")) == {"<style> elements over the limit": 3}


@pytest.mark.parametrize("name", ["outlook-web", "yahoo", "apple-mail-ios", "thunderbird", "samsung"])
def test_others_keep_more_styles(name: str) -> None:
    assert "{color:red}" in styles(head(of_size(60_000, "p")), name)


@pytest.mark.parametrize("name", GMAIL)
def test_gmail_drops_a_style_element_with_nested_at_rules_and_keeps_the_next(name: str) -> None:
    css = "a{top:0;color:red}@media print{@font-face{src:url(a)}}</style><style>b{color:red}"
    found = seen(head(css), name)
    assert "a{" not in found.html
    assert "b{color:red}" in found.html
    assert removed(found) == {"<style> elements with nested at-rules": 1}


def test_gmail_drops_styles_in_the_body() -> None:
    html = head("a{color:red}", "<style>b{color:red}</style><p>a</p>")
    assert styles(html, "gmail-web") == "a{color:red}"
    assert "b{color:red}" in styles(html, "yahoo")


def test_gmail_knows_queries_and_hover() -> None:
    css = "@media (max-width:600px){.a:hover{color:red}}"
    assert "@media (max-width:600px){.m_a:hover{color:red}}" in styles(head(css), "gmail-android")


# Names


@pytest.mark.parametrize(("name", "prefix"), WEBMAIL.items())
def test_classes_and_ids_get_a_prefix_in_the_html_and_in_styles(name: str, prefix: str) -> None:
    html = head(
        ".a, td.b #c{color:#abc}@media (max-width:1px){.a{background:url(x.png) #def}}",
        '<p class=" a  b " id="c">d</p>',
    )
    made = html_of(html, name)
    assert f'<p class="{prefix}a {prefix}b" id="{prefix}c">d</p>' in made
    assert f".{prefix}a, td.{prefix}b #{prefix}c{{color:#abc}}" in made
    assert f".{prefix}a{{background:url(" in made
    assert "x.png" in made
    assert "#def" in made


def test_strings_and_attributes_of_selectors_keep_their_names() -> None:
    css = 'a::after{content:".b #c"}[class~="d"] .e{color:red}'
    made = styles(head(css), "outlook-web")
    assert 'a::after{content:".b #c"}' in made
    assert '[class~="d"] .x_e{color:red}' in made


def test_links_and_labels_find_the_ids_they_name() -> None:
    html = '<a href="#a">b</a><p id="a" aria-describedby="c d">e</p><label for="c">f</label>'
    made = html_of(html, "outlook-web")
    assert 'href="#x_a"' in made
    assert 'id="x_a"' in made
    assert 'aria-describedby="x_c x_d"' in made
    assert 'for="x_c"' in made


def test_an_empty_name_stays_empty() -> None:
    made = html_of('<p class="" id="">a</p><a href="#">b</a>', "outlook-web")
    assert '<p class="" id="">' in made
    assert 'href="#"' in made


def test_programs_that_show_a_mail_by_itself_keep_names_and_body() -> None:
    html = head("u + .body .a, #b{color:red}", '<p class="a" id="b">c</p>')
    made = html_of(html.replace("<body", '<body class="body"'), "apple-mail-ios")
    assert "u + .body .a, #b{color:red}" in made
    assert '<body class="body"><p class="a" id="b">' in made


@pytest.mark.parametrize(("name", "prefix"), WEBMAIL.items())
def test_styles_find_the_body_of_webmail_behind_an_element(name: str, prefix: str) -> None:
    html = head("u + .body a{color:red}").replace("<body", '<body class="body"')
    made = html_of(html, name)
    assert f"u + .{prefix}body a{{color:red}}" in made
    assert f'<body style="margin:0"><u></u><div class="{prefix}body"><p>a</p></div></body>' in made


# Dark mode

SCHEMES = (
    "@media (prefers-color-scheme:dark){.a{top:0;color:red}}@media (prefers-color-scheme:light){b{color:red}}"
)


@pytest.mark.parametrize("name", HONOURING)
def test_the_mails_own_dark_styles_hold_in_dark_mode_where_they_are_honoured(name: str) -> None:
    light, dark = (styles(head(SCHEMES), name, dark=dark) for dark in (False, True))
    assert re.search(r"\(min-width: 0\)\{b\{", light)
    assert re.search(r"\(max-width: 0\)\{\.a\{", light)
    assert re.search(r"\(max-width: 0\)\{b\{", dark)
    assert re.search(r"\(min-width: 0\)\{\.a\{", dark)


@pytest.mark.parametrize("name", [*GMAIL, "yahoo", "outlook-windows", "thunderbird"])
def test_others_know_no_dark_styles(name: str) -> None:
    assert ".a{" not in styles(head(SCHEMES), name, dark=True)


@pytest.mark.parametrize(
    ("query", "light", "dark"),
    [
        ("screen and (prefers-color-scheme: dark)", "screen and (max-width: 0)", "screen and (min-width: 0)"),
        ("not (prefers-color-scheme: dark)", "not (max-width: 0)", "not (min-width: 0)"),
        (
            "(PREFERS-COLOR-SCHEME : DARK), (max-width: 9px)",
            "(max-width: 0), (max-width: 9px)",
            "(min-width: 0), (max-width: 9px)",
        ),
    ],
)
def test_a_query_is_settled_wherever_it_stands(query: str, light: str, dark: str) -> None:
    html = head(f"@media {query}{{a{{top:0}}}}")
    assert f"@media {light}{{" in html_of(html, "apple-mail-ios")
    assert f"@media {dark}{{" in html_of(html, "apple-mail-ios", dark=True)


def test_the_query_of_a_picture_is_settled() -> None:
    html = '<picture><source media="(prefers-color-scheme: dark)" srcset="b.png"><img src="a.png"></picture>'
    assert 'media="(max-width: 0)"' in html_of(html, "apple-mail-macos")
    assert 'media="(min-width: 0)"' in html_of(html, "apple-mail-macos", dark=True)
    assert "b.png" not in html_of(html, "gmail-web", dark=True)


def test_the_schemes_that_a_mail_has_are_settled() -> None:
    html = '<meta name="color-scheme" content="light dark"><p style="color-scheme:light dark">a</p>'
    light, dark = (html_of(html, "apple-mail-macos", dark=dark) for dark in (False, True))
    assert 'content="light"' in light
    assert 'style="color-scheme:light"' in light
    assert 'content="dark"' in dark
    assert 'style="color-scheme:dark"' in dark


def test_outlook_com_says_that_it_is_dark() -> None:
    html = head("[data-ogsc] .a{color:#fff}[data-ogsb] .a{background:#000}.a{color:#000}")
    light, dark = (html_of(html, "outlook-web", dark=dark) for dark in (False, True))
    assert '<div data-ogsc="" data-ogsb="">' in dark
    assert "<div>" in light
    assert "[data-ogsc] .x_a{color:#fff}" in dark
    assert "[data-ogsb] .x_a{background:#000}" in dark
    assert ".x_a{color:#000}" not in dark.replace("] .x_a", "")


@pytest.mark.parametrize("name", ["gmail-web", "yahoo", "thunderbird"])
def test_a_mail_stays_as_it_is_where_there_is_no_dark_mode_for_it(name: str) -> None:
    html = head("p{color:#000}", '<p style="background:#fff" bgcolor="#fff">a</p>')
    assert html_of(html, name, dark=True) == html_of(html, name)


def test_an_inverting_program_changes_attributes_styles_and_rules() -> None:
    html = head("p{color:#000}", '<table bgcolor="ffffff"><td style="color:black;background:white">a</table>')
    made = html_of(html, "gmail-ios", dark=True)
    assert not re.search("white|black|#000", made)
    assert '<table bgcolor="#1b1b1b"><td style="color:#ffffff;background:#1b1b1b">' in made
    assert "p{color:#ffffff}" in made


def test_outlook_com_leaves_borders_as_they_are() -> None:
    html = head("p{border:1px solid #000}", '<p style="border-color:#111111;color:#000">a</p>')
    made = html_of(html, "outlook-web", dark=True)
    assert "p{border:1px solid #000}" in made
    assert '<p style="border-color:#111111;color:#ffffff">' in made
    assert "border-color:#111111" not in html_of(html, "gmail-android", dark=True)
    assert "html{background:#" in made


def test_partial_inversion_leaves_what_is_dark_and_full_inversion_does_not() -> None:
    html = '<p style="background:#111111;color:#eeeeee">a</p>'
    assert '<p style="background:#111111;color:#eeeeee">' in html_of(html, "gmail-android", dark=True)
    made = html_of(html, "gmail-ios", dark=True)
    assert "#111111" not in made
    assert "#eeeeee" not in made


# Outlook for Windows


def test_word_reads_what_is_written_for_it_and_no_other_does() -> None:
    html = "<body><!--[if mso]><b>Word</b><![endif]--><!--[if !mso]><!--><i>others</i><!--<![endif]--></body>"
    for program in PROGRAMS:
        made = simulate(Mail(html), program, dark=False).html
        assert ("Word" in made) is program.is_word
        assert ("others" in made) is not program.is_word
        assert "[if" not in made


def test_a_shape_of_word_becomes_something_that_browsers_show() -> None:
    html = (
        '<!--[if mso]><v:roundrect xmlns:v="urn:schemas-microsoft-com:vml" href="https://x.example/" '
        'style="width:200px;height:40px" fillcolor="#ff0000" arcsize="10%"><w:anchorlock/>'
        "<center>Read on</center></v:roundrect><![endif]-->"
    )
    made = html_of(html, "outlook-windows")
    assert '<span style="display:inline-block;background:#ff0000;width:200px;height:40px">' in made
    assert "<center>Read on</center></span>" in made
    assert "w:anchorlock" not in made


def test_settings_of_office_are_nothing_to_read() -> None:
    html = (
        "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch>"
        "</o:OfficeDocumentSettings></xml><![endif]--><p>a<o:p>b</o:p>c</p>"
    )
    made = html_of(html, "outlook-windows")
    assert "96" not in made
    assert "<p>abc</p>" in made


def test_an_element_of_office_outside_of_a_condition_is_text_to_others() -> None:
    assert "b" in html_of("<body>a<o:p>b</o:p></body>", "apple-mail-ios")


# The whole


def test_all_programs_in_a_row() -> None:
    told: list[Simulation] = []
    found = simulations(Mail("<p>a</p>"), PROGRAMS, dark=False, tell=told.append)
    assert [one.program for one in found] == [*PROGRAMS]
    assert told == [*found]
    assert len(BY_NAME) == len(PROGRAMS) == 11


def test_the_same_mail_looks_the_same_after_another_program_had_it() -> None:
    mail = Mail(head(".a{color:red;filter:blur(1px)}", '<p class="a">b</p>'))
    first = simulate(mail, BY_NAME["apple-mail-ios"], dark=True)
    simulations(mail, PROGRAMS, dark=False)
    assert simulate(mail, BY_NAME["apple-mail-ios"], dark=True) == first


def test_a_text_in_a_style_never_becomes_a_part_of_the_mail() -> None:
    html = head("a::after{content:'\\3c/style>\\3cp>x'}")
    for program in PROGRAMS:
        assert "</style><p>x" not in simulate(Mail(html), program, dark=True).html


def test_a_program_that_nobody_tested_is_taken_to_support_all() -> None:
    program = replace(BY_NAME["apple-mail-ios"], client="nobody.knows")
    html = head("a{color:red;float:left}", "<marquee>a</marquee><svg></svg>")
    found = simulate(Mail(html), program, dark=False)
    assert found.removed == ()
    assert "<marquee>a</marquee><svg></svg>" in found.html
