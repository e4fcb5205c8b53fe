"""Stylesheets as they are read, filtered and written again."""

import pytest

from campaigner.clients.declarations import Declaration, declarations, without_system_fonts
from campaigner.clients.selectors import with_prefix
from campaigner.clients.stylesheets import kept, stylesheet, written


def rewritten(css: str) -> str:
    return written(stylesheet(css).rules)


@pytest.mark.parametrize(
    "css",
    [
        "a{color:red}",
        "a, b > .c{color:red;top:0}",
        "a:not(.b, .c):is(d, e f){color:red}",
        "a[title='b,{c}'] i{color:red}",
        "a{color:red !important}",
        "a{--b:{c:d};color:red}",
        "a{background:url(data:image/png;base64,AA)}",
        "a{content:'}'}",
        ".sm\\:w-1\\/2{width:50%}",
        ".\\31 0{width:50%}",
        ".größe, .émile{width:50%}",
        "@media screen and (max-width: 600px){a{color:red}}",
        "@media a{@media b{@supports (c:d){e{color:red}}}}",
        "@import url(a.css) screen;",
        "@layer a, b;",
        "@layer a{b{color:red}}",
        "@layer{b{color:red}}",
        "@container a (min-width: 1px){b{color:red}}",
        "@scope (.a) to (.b){c{color:red}}",
        "@font-face{font-family:a;src:url(b)}",
        "@page :first{margin:1cm}",
        "@page{margin:1cm;@top-left{content:'a'}}",
        "@-ms-viewport{width:device-width}",
        "@keyframes a{from{top:0}50%, 60%{top:1px}to{top:2px}}",
        "a{color:red;&:hover{top:0};> b{top:0}}",
        "a{color:red;@media print{&{top:0}}}",
        "*{color:red}",
        "u + .body .a, #b ~ c{color:red}",
        "[data-ogsc] .a{color:red}",
    ],
)
def test_a_stylesheet_is_written_as_it_was_read(css: str) -> None:
    once = rewritten(css)
    assert "".join(once.split()).replace('"', "'") == "".join(css.split()).replace('"', "'")
    assert rewritten(once) == once


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("a{color:red", "a{color:red}"),
        ("@media print{a{color:red", "@media print{a{color:red}}"),
        ("<!-- a{color:red} -->", "a{color:red}"),
        ("A{COLOR:Red!IMPORTANT}", "A{color:Red !important}"),
        ("a{color:red ! important}", "a{color:red !important}"),
        ("a{color:red;;;top:0;}", "a{color:red;top:0}"),
        ("a{color;top:0}", "a{top:0}"),
        ("a{*zoom:1;top:0}", "a{top:0}"),
        ("a{{b:c}top:0}", "a{top:0}"),
        ("/* a */ a /* b */ {/* c */top:0}", "a{top:0}"),
        ("a{media:print}@media print{top:0}", "a{media:print}\n@media print{}"),
        ("a{@media print{top:0}}", "a{@media print{&{top:0}}}"),
        # a rule without a selector, or with one that is none, is none
        ("{top:0}", ""),
        ("a,{top:0}", ""),
        ("a,,b{top:0}", ""),
        ("a >{top:0}", ""),
        ("> a{top:0}", ""),
        ("a 5px{top:0}", ""),
        (".1a{top:0}", ""),
        ("#1a{top:0}", ""),
        ("a;b{top:0}", ""),
        ("} a{top:0}", ""),
        ("a{top:0}}b{top:0}c{top:0}", "a{top:0}\nc{top:0}"),
        ("a!{top:0}b{top:0}", "b{top:0}"),
        ("'a'{top:0}", ""),
        ("a[b='c{top:0}", ""),
        # nor is a value with a quote or a bracket that nothing closes
        ("a{top:0;content:'b", "a{top:0}"),
        ("a{content:'b\n;top:0}", "a{top:0}"),
        ("a{top:0;background:url(b", "a{top:0}"),
        ("a{background:url(b c);top:0}", "a{top:0}"),
        ("a{left:calc(1px));top:0}", "a{top:0}"),
        ("@import 'a", ""),
        ("a'", ""),
        ("@", ""),
        ("", ""),
    ],
)
def test_what_is_no_css_is_left_out(css: str, left: str) -> None:
    assert rewritten(css) == left


@pytest.mark.parametrize("text", ["</style>", "</STYLE >", "</"])
def test_a_text_never_ends_the_element(text: str) -> None:
    made = rewritten(f"a{{content:'\\3c{text[1:]}';b:url('{text}')}}")
    assert "</" not in made
    assert rewritten(made) == made


@pytest.mark.parametrize(
    ("css", "is_nested"),
    [
        ("a{top:0}", False),
        ("@media print{a{top:0}}", False),
        ("@media print{a{top:0}}@media screen{a{top:0}}", False),
        ("@keyframes a{from{top:0}}", False),
        ("@font-face{src:url(a)}", False),
        ("a{b{top:0}}", False),
        ("a{@media print{top:0}}", False),
        ("@media print{@media screen{a{top:0}}}", True),
        ("@media print{@font-face{src:url(a)}}", True),
        ("@media print{@-ms-viewport{width:1px}}", True),
        ("@media print{@import url(a);}", True),
        ("@supports (a:b){@keyframes a{from{top:0}}}", True),
        ("@media print{a{@media screen{top:0}}}", True),
        ("a{@media print{@supports (a:b){top:0}}}", True),
        ("@page{@top-left{top:0}}", True),
        ("a{top:0}/* @media print{@media screen{}} */", False),
    ],
)
def test_an_at_rule_in_another_is_seen(css: str, is_nested: bool) -> None:
    assert stylesheet(css).is_nested is is_nested


@pytest.mark.parametrize(
    ("selector", "made"),
    [
        ("td", "td"),
        (".a", ".x_a"),
        ("#a.b td", "#x_a.x_b td"),
        ("u + .body", "u + .x_body"),
        ("u ~ div .a > .b", "u ~ div .x_a > .x_b"),
        ("a:not(.b, #c):hover", "a:not(.x_b, #x_c):hover"),
        ("a:is(b:not(.c))", "a:is(b:not(.x_c))"),
        ('a[href$=".png"]', 'a[href$=".png"]'),
        ('a[class~="b"] .c', 'a[class~="b"] .x_c'),
        ('[href="#a"]', '[href="#a"]'),
        ("a:lang(de)", "a:lang(de)"),
        ("td:nth-child(odd)", "td:nth-child(odd)"),
        (".sm\\:w-1", ".x_sm\\:w-1"),
        (".-a", ".x_-a"),
        (".--a", ".x_--a"),
        (".émile", ".x_émile"),
        ("&.a", "&.x_a"),
        ("a::before", "a::before"),
    ],
)
def test_names_of_classes_and_ids_get_a_prefix(selector: str, made: str) -> None:
    assert with_prefix(selector, "x_") == made


def test_a_name_that_begins_with_a_digit_gets_a_prefix() -> None:
    assert with_prefix(".\\31 0", "x_") == ".x_10"


def of(css: str, *unsupported: str) -> str:
    """What is left of a stylesheet where some features are not supported."""

    def is_supported(features: frozenset[str]) -> bool:
        return not features & set(unsupported)

    def left_of(declaration: Declaration) -> Declaration | None:
        return declaration if is_supported(declaration.features) else None

    return written(kept(stylesheet(css).rules, is_supported, left_of))


def test_selectors_that_are_not_supported_leave_the_others() -> None:
    css = "a:hover, b, c:not(.d){top:0}"
    assert of(css, "css-pseudo-class-hover") == "b, c:not(.d){top:0}"
    assert of(css, "css-pseudo-class-not") == "a:hover, b{top:0}"


def test_a_rule_without_selectors_or_declarations_left_goes() -> None:
    assert of("a:hover{top:0}b{left:0;color:red}c{top:0}", "css-pseudo-class-hover") == (
        "b{left:0;color:red}\nc{top:0}"
    )
    assert of("a{top:0}b{left:0;color:red}", "css-left-right-top-bottom") == "b{color:red}"


def test_a_group_goes_with_all_that_it_holds() -> None:
    css = "@media print{@supports (a:b){c{top:0}}d{top:0}}e{top:0}"
    assert of(css, "css-at-media") == "e{top:0}"
    assert of(css, "css-at-supports") == "@media print{d{top:0}}\ne{top:0}"


def test_a_group_that_is_left_empty_goes_and_a_statement_stays() -> None:
    assert of("@media print{a{top:0}}@layer b;", "css-left-right-top-bottom") == "@layer b;"


def test_where_rules_may_not_nest_the_outer_one_stays() -> None:
    assert of("a{color:red;&.b{top:0}@media print{top:0}}c{&.d{top:0}}", "css-nesting") == "a{color:red}"


def test_steps_of_a_movement_are_no_elements() -> None:
    css = "@keyframes a{from{top:0}\nto{top:1px}}"
    assert of(css, "css-selector-type") == css
    assert of(css, "css-at-keyframes") == ""


@pytest.mark.parametrize(
    ("style", "left"),
    [
        ("font-family:system-ui", "serif"),
        ("font-family:system-ui, Arial", "Arial"),
        ("font-family: Arial , SYSTEM-UI", "Arial , serif"),
        ("font-family:Arial,ui-serif,ui-sans-serif,'B'", "Arial,'B'"),
        ("font-family:'system-ui, a', system-ui, b", "'system-ui, a',  b"),
        ("font:14px/1.5 system-ui, Arial", "14px/1.5  Arial"),
        ("font:bold 14px system-ui", "bold 14px serif"),
    ],
)
def test_fonts_of_the_system_are_taken_out_of_a_list(style: str, left: str) -> None:
    (declaration,) = declarations(style)
    without = without_system_fonts(declaration)
    assert without.value.replace('"', "'") == left
    assert "css-sytem-ui" not in without.features
