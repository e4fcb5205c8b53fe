"""Conditional comments as Outlook for Windows and all others read them."""

import pytest

from campaigner.clients.conditions import for_others, for_word, holds


@pytest.mark.parametrize(
    "condition",
    [
        "mso",
        "MSO",
        " mso ",
        "true",
        "mso 16",
        "mso 16.0",
        "gte mso 9",
        "gt mso 15",
        "lte mso 16",
        "lt mso 17",
        "gte  mso  9",
        "!IE",
        "!(IE)",
        "!!mso",
        "! ( gt mso 16 )",
        "(mso)|(IE)",
        "(IE)|(gte mso 9)",
        "(gte mso 9)&(lte mso 16)",
        "(IE)&(mso)|(mso)",
        "IE|mso&mso",
        "((((mso))))",
        "!(IE)&!(lt mso 12)",
        "(gte mso 9)&(!(IE)|(IE 6))",
        "gte vml 1",
        "supportLists",
    ],
)
def test_a_condition_holds_in_word(condition: str) -> None:
    assert holds(condition)


@pytest.mark.parametrize(
    "condition",
    [
        "!mso",
        "!(mso)",
        "mso 15",
        "lt mso 16",
        "gt mso 16",
        "lte mso 15.5",
        "gte mso 16.1",
        "IE",
        "gte IE 6",
        "(mso)&(IE)",
        "(mso)&(lt mso 12)",
        "!vml",
        "!supportLists",
        # what nobody can read
        "",
        "!",
        "()",
        "(mso",
        "mso)",
        "(mso))",
        "mso mso",
        "mso $",
        "mso or IE",
        "gte",
        "gte 9",
        "mso &",
        "| mso",
        "9",
        "mso 9.9.9",
        "(" * 99 + "mso",
    ],
)
def test_a_condition_does_not_hold_in_word(condition: str) -> None:
    assert not holds(condition)


@pytest.mark.parametrize(
    ("html", "word", "others"),
    [
        # hidden from all but Word
        ("a<!--[if mso]>b<![endif]-->c", "abc", "ac"),
        ("a<!--[IF MSO]>b<![ENDIF]-->c", "abc", "ac"),
        ("a<!--[if  mso ]>b<![endif]-->c", "abc", "ac"),
        ("a<!--[if (gte mso 9)|(IE)]>b<![endif]-->c", "abc", "ac"),
        ("a<!--[if(mso)]>b<![endif]-->c", "abc", "ac"),
        ("a<!--[if mso]>\n<b>\n<![endif]-->c", "a\n<b>\nc", "ac"),
        ("a<!--[if IE]>b<![endif]-->c", "ac", "ac"),
        ("a<!--[if !mso]>b<![endif]-->c", "ac", "ac"),
        ("<!--[if mso]><table><tr><td><![endif]-->a<!--[if mso]></table><![endif]-->", None, "a"),
        # shown to all but Word
        ("a<!--[if !mso]><!-->b<!--<![endif]-->c", "ac", "abc"),
        ("a<!--[if !mso]><!-- -->b<!--<![endif]-->c", "ac", "abc"),
        ("a<!--[if !mso]>-->b<!-- <![endif]-->c", "ac", "abc"),
        ("a<!--[if mso]><!-->b<!--<![endif]-->c", "abc", "abc"),
        ("a<![if !mso]>b<![endif]>c", "ac", "abc"),
        ("a<![if mso]>b<![endif]>c", "abc", "abc"),
        # one in another
        ("<!--[if !mso]><!-->a<!--[if mso]>b<![endif]-->c<!--<![endif]-->d", "d", "acd"),
        ("<!--[if mso]>a<![if !mso]>b<![endif]>c<![endif]-->d", "acd", "d"),
        ("<!--[if mso]>a<!--[if gte mso 9]>b<![endif]-->c", "abc", "c"),
        ("<![if !vml]>a<![if mso]>b<![endif]>c<![endif]>d", "d", "abcd"),
        # comments
        ("a<!-- b -->c", "ac", "ac"),
        ("a<!---->c<!-->d<!--->e", "acde", "acde"),
        ("a<!-- b --!>c", "ac", "ac"),
        ("a<!-- <b> -- > -->c", "ac", "ac"),
        ("a<!--[if mso]>b<!-- c --><![endif]-->d", "abd", "ad"),
        ("a<![CDATA[b]]>c", "ac", "ac"),
        # what is none
        ("<!doctype html><p>a", "<!doctype html><p>a", "<!doctype html><p>a"),
        ('<p title="<!-- a -->">b', '<p title="<!-- a -->">b', '<p title="<!-- a -->">b'),
        ("<p title='<!--'>b-->", "<p title='<!--'>b-->", "<p title='<!--'>b-->"),
        ('<p title = "<!--" a=b"<!-->c', '<p title = "<!--" a=b"<!-->c', '<p title = "<!--" a=b"<!-->c'),
        ("<style><!-- a{} --></style>", "<style><!-- a{} --></style>", "<style><!-- a{} --></style>"),
        ("<STYLE>a<!--</Style >b", "<STYLE>a<!--</Style >b", "<STYLE>a<!--</Style >b"),
        ("<title><!--</title>a", "<title><!--</title>a", "<title><!--</title>a"),
        ("<styles><!--a-->b", "<styles>b", "<styles>b"),
        ("a < b <- c", "a < b <- c", "a < b <- c"),
        # broken ones
        ("a<!--[if mso]>b", "a", "a"),
        ("a<!--[if mso]>b-->c", "ac", "ac"),
        ("a<!--[if mso]>b<!--[endif]-->c", "ac", "ac"),
        ("a<!--[if !mso]><!-->b", "ab", "ab"),
        ("a<![endif]-->b", "ab", "ab"),
        ("a<!--<![endif]-->b", "ab", "ab"),
        ("a<!--[if IE]>b<!--[if IE]>c<![endif]-->d", "ad", "ad"),
        ("a<!--[if mso>b<![endif]-->c", "ac", "ac"),
        ("a<!--[if]>b<![endif]-->c", "ac", "ac"),
        ("a<!-- b", "a", "a"),
        ("a<!", "a", "a"),
        ("a<p title='<!--", "a<p title='<!--", "a<p title='<!--"),
        ("<style><!--", "<style><!--", "<style><!--"),
        ("", "", ""),
    ],
)
def test_each_reads_its_own(html: str, word: str | None, others: str) -> None:
    if word is not None:
        assert for_word(html) == word
    assert for_others(html) == others


def test_word_reads_a_table_that_is_hidden_from_others() -> None:
    html = "<!--[if mso]><table><tr><td><![endif]-->a<!--[if mso]></td></tr></table><![endif]-->"
    assert for_word(html) == "<table><tr><td>a</td></tr></table>"
    assert for_others(html) == "a"
