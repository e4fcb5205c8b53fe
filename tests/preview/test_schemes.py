"""Pages and styles that are settled for light or dark."""

from campaigner.preview.schemes import page_in_scheme, styles_in_scheme


def test_styles_for_the_scheme_hold_and_others_do_not() -> None:
    css = ":root{color-scheme: light dark} @media (prefers-color-scheme:dark){a{color:red}}"
    assert styles_in_scheme(css, "dark") == ":root{color-scheme: dark} @media (min-width: 0){a{color:red}}"
    assert styles_in_scheme(css, "light") == ":root{color-scheme: light} @media (max-width: 0){a{color:red}}"


def test_a_page_that_knows_one_scheme_keeps_it() -> None:
    css = "@media print{:root{color-scheme: light}}"
    assert styles_in_scheme(css, "dark") == css


def test_the_head_and_pictures_are_settled_too() -> None:
    html = (
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        '<meta name="theme-color" content="#000" media="(prefers-color-scheme: dark)">'
        '<picture><source media="(prefers-color-scheme: dark)" srcset="night.png"><img src="day.png"></picture>'
    )
    assert page_in_scheme(html, "light") == (
        '<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">'
        '<meta name="theme-color" content="#000" media="(max-width: 0)">'
        '<picture><source media="(max-width: 0)" srcset="night.png"><img src="day.png"></picture>'
    )


def test_a_text_about_schemes_stays_as_it_was_written() -> None:
    html = "<p>Ask for <code>(prefers-color-scheme: dark)</code> and say <code>color-scheme: light dark</code>.</p>"
    assert page_in_scheme(html, "dark") == html
