"""Seeded faults of links and images, and what is nearly one."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.seeded import (
    Fault,
    article,
    assert_clean,
    assert_found,
    front,
    in_article,
    in_html,
    in_settings,
    mail,
    named,
    page,
    settings,
    told_in,
)

#: a site that is not on a name for trying out
OWN_SITE = """\
[site]
name = "The Glass Letter"
url = "https://glass-letter.net"
language = "en-GB"
description = "Letters about glass, once a week, for people who work with it."
privacy = "privacy.md"

[sender]
name = "The Glass Letter"
address = "letters@glass-letter.net"
postal_address = "Glass House, 1 Example Street, Exampletown"
"""
BUTTON = '<a class="button-link" href="[^"]*"'


def with_own_site(text: str) -> Fault:
    """A placeholder in an article of a site that is not tried out."""
    at_home = settings(OWN_SITE)
    fault = in_article("link-placeholder", text)
    return Fault(check=fault.check, line=fault.line, examples=(at_home, *fault.examples))


FAULTS = (
    in_article("link-placeholder", "See [the register](http://127.0.0.1:8000/)."),
    in_article("link-placeholder", "See [the register](https://yourdomain.com/register)."),
    in_article("link-placeholder", "Siehe [das Register](https://www.ihre-domain.de/)."),
    in_html("link-placeholder", "page", '<a href="#">Zum Register</a>'),
    in_html("link-placeholder", "page", '<a href="TODO">Zum Register</a>'),
    in_html("link-placeholder", "mail", '<a href="TODO" style="color:#1c1b19">Zum Register</a>'),
    in_article("link-placeholder", "See [the register](http://localhost:8000/old%20/?fbclid=x)."),
    in_article("link-placeholder", "See [www.glass-museum.example](http://0.0.0.0:8000/)."),
    in_html("link-placeholder", "page", '<a href="https://">Zum Register</a>'),
    in_html("link-placeholder", "mail", '<a href="" style="color:#1c1b19">Zum Register</a>'),
    with_own_site("See [the register](https://example.com/register)."),
    with_own_site("See [the register](https://www.example.org/)."),
    with_own_site("See [the register](https://register.test/)."),
    in_html("link-misspelt", "page", '<a href="http//register.glass-letter.example">Zum Register</a>'),
    in_html("link-misspelt", "page", '<a href="https:/register.glass-letter.example">Zum Register</a>'),
    in_html("link-misspelt", "page", '<a href="hhtps://register.glass-letter.example">Zum Register</a>'),
    in_html("link-misspelt", "page", '<a href="https;//register.glass-letter.example">Zum Register</a>'),
    in_html(
        "link-misspelt",
        "mail",
        '<a href="www.register.glass-letter.example/" style="color:#1c1b19">Zum Register</a>',
    ),
    in_html(
        "link-misspelt", "page", '<a href="htps://register.glass-letter.example/old glass">Zum Register</a>'
    ),
    in_article("link-misspelt", "See [the register](www.register-of-glass.org/list)."),
    in_article("link-misspelt", "See [the register](https:///register-of-glass.org/list)."),
    in_article(
        "link-glued", "See [the register](https://a.glass-letter.example/ahttps://b.glass-letter.example/)."
    ),
    in_article("link-glued", "See [it](https://a.glass-letter.example/,https://b.glass-letter.example/)."),
    in_article("link-glued", "See [the register](https://https://a.glass-letter.example/)."),
    in_html("link-glued", "page", '<a href="https://mailto:ada@glass-letter.example">Zum Register</a>'),
    in_article("link-blank", "See [the register](https://a.glass-letter.example/old%20#list)."),
    in_article("link-blank", "See [the register](https://a.glass-letter.example/old%20)."),
    in_html("link-blank", "page", '<a href="https://a.glass-letter.example/%20?x=1">Zum Register</a>'),
    in_html(
        "link-blank",
        "mail",
        '<a href="https://a.glass-letter.example/x y" style="color:#1c1b19">Zum Register</a>',
    ),
    in_html("link-relative", "mail", '<a href="glass/" style="color:#1c1b19">Zum Register</a>'),
    in_html("link-relative", "mail", '<a href="../privacy/" style="color:#1c1b19">Zum Register</a>'),
    in_html(
        "link-relative", "mail", '<a class="button-link" href="/glass-vials/join/"', BUTTON, line="letters"
    ),
    in_html("link-scheme", "page", '<a href="JavaScript:void(0)">Zum Register</a>'),
    in_html("link-scheme", "page", '<a href="java&#10;script:alert(1)">Zum Register</a>'),
    in_html("link-scheme", "mail", '<a href="data:text/html,hi" style="color:#1c1b19">Zum Register</a>'),
    in_html(
        "link-scheme", "mail", '<a href="file:///C:/register.pdf" style="color:#1c1b19">Zum Register</a>'
    ),
    in_article("link-scheme", "See [the register](javascript:alert(1))."),
    in_article("link-scheme", "See [the *old* [glass] register]( <JavaScript:alert(1)> )."),
    in_article("link-scheme", "Siehe [das Register](vbscript:msgbox)."),
    in_article("link-scheme", "Siehe [`das Register`](data:text/html,hallo)."),
    in_article("link-scheme", "See [the register](javascript&#58;alert%281%29)."),
    in_article("link-scheme", "See [the register][list].\n\n[list]: javascript:alert(1)"),
    in_article("link-scheme", "See <javascript:alert(1)> for the list."),
    in_article("link-scheme", "See <a class='x' href='javascript:alert(1)'>the register</a>."),
    in_article("link-scheme", 'See <a href="java&#10;script:alert(1)">the register</a>.'),
    in_article("link-scheme", "Write [us a message](sms:+441632960961)."),
    in_article("link-scheme", "Schicken Sie es [per WhatsApp](whatsapp://send?text=x) weiter."),
    in_article("link-scheme", "See [the register](htps://register.glass-letter.example/)."),
    in_article("link-scheme", "See [the register](register.glass-letter.example:8080/list)."),
    in_article("link-scheme", "See [the register](Register: the list)."),
    in_article("link-scheme", "See [the register][list].\n\n[list]: note:register 'The list'"),
    in_article("link-scheme", "Write to <sms:+441632960961>."),
    in_article("link-scheme", "Write <a href='SMS:+441632960961'>us a message</a>."),
    in_article("link-scheme", "See [the register](https://[fe80::1%25lo]/)."),
    in_article("link-scheme", "See [the register](https://register.glass-letter.example:99999/)."),
    in_article("link-scheme", "See <https://register^glass-letter.example/list>."),
    in_article("link-scheme", "Siehe <a href='https://127.0.0.256/'>das Register</a>."),
    in_article("link-scheme", "See [the register][list].\n\n[list]: https://regi|ster.glass-letter.example/"),
    in_article("link-password", "See [the register](https://ada@register.glass-letter.example/)."),
    in_html(
        "link-password",
        "mail",
        '<a href="https://a:b@glass-letter.example/" style="color:#1c1b19">Zum Register</a>',
    ),
    in_article("link-password", "See [the register](https://token:x-oauth@git.glass-letter.example/list)."),
    in_article("link-unpublished", "See [the register](https://preview.glass-letter.example/register/)."),
    in_article("link-unpublished", "See [the list](https://docs.google.com/document/d/1a2b/edit#heading)."),
    in_article("link-unpublished", "Siehe [die Liste](https://wiki.glass.internal/liste)."),
    in_article("link-unpublished", "See [the draft](https://blog.glass-letter.example/?p=12&preview=true)."),
    in_article("link-click-id", "See [the register](https://register.glass-letter.example/?a=1&gclid=x)."),
    in_article("link-click-id", "See [the register](https://register.glass-letter.example/?mc_eid=0815)."),
    in_article(
        "link-click-id", "Siehe [das Register](https://register.glass-letter.example/;jsessionid=1A)."
    ),
    in_article("address-insecure", "Siehe [das Register](http://register.glass-letter.example/)."),
    in_html(
        "address-insecure",
        "page",
        '<img src="http://c.glass-letter.example/c.png" alt="A cap" width="9" height="9">',
    ),
    in_html("address-insecure", "page", '<link rel="stylesheet" href="http://c.glass-letter.example/c.css">'),
    in_html("address-insecure", "page", '<script src="http://c.glass-letter.example/c.js"></script>'),
    in_html(
        "address-insecure",
        "mail",
        '<a href="HTTP://a.glass-letter.example/" style="color:#1c1b19">Zum Register</a>',
    ),
    in_article("mailto-malformed", "Write to [Ada Vetro](mailto:ada@vetro)."),
    in_article("mailto-malformed", "Write to [Ada Vetro](mailto://ada@glass-letter.example)."),
    in_article("mailto-malformed", "Write to [Ada Vetro](mailto:ada@glass-letter.example?Glass)."),
    in_html("mailto-malformed", "page", '<a href="mailto: ada @glass-letter.example">Zum Register</a>'),
    in_article(
        "mailto-malformed", "Schreiben Sie [uns](mailto:ada@glass-letter.example;bo@glass-letter.example)."
    ),
    in_article("phone-malformed", "Call [Ada Vetro](tel:+44(0)1632960961)."),
    in_article("phone-malformed", "Call [Ada Vetro](tel:0800-CALL-ADA)."),
    in_html("phone-malformed", "page", '<a href="tel:+49 30 123456">Zum Register</a>'),
    in_article("phone-malformed", "Rufen Sie [uns](tel:+49/30/123456) an."),
    in_article("phone-national", "Rufen Sie [uns](tel:030123456) an."),
    in_article("phone-national", "Call [Ada Vetro](tel:0800-123-4567)."),
    in_html("phone-national", "mail", '<a href="tel:01632960961" style="color:#1c1b19">Zum Register</a>'),
    in_html(
        "utm-missing",
        "mail",
        '<a class="button-link" href="https://glass-letter.example/glass-vials/join/"',
        BUTTON,
        line="letters",
    ),
    in_html(
        "utm-missing",
        "mail",
        '<a href="https://glass-letter.example/glass-vials/" style="color:#1c1b19">Zum Artikel</a>',
    ),
    in_html(
        "utm-missing",
        "mail",
        '<a href="https://glass-letter.example/glass-vials/?ref=mail" style="color:#1c1b19">Zum Artikel</a>',
    ),
    in_article(
        "utm-differs", "See [the register](https://register.glass-letter.example/?utm_medium=E-Mail)."
    ),
    in_article(
        "utm-differs", "See [the register](https://register.glass-letter.example/?utm_campaign=old-vials)."
    ),
    in_article(
        "utm-differs", "See [the register](https://register.glass-letter.example/?UTM_Source=newsletter)."
    ),
    in_html("utm-internal", "page", '<a href="/tags/glass/?utm_medium=web">Zum Register</a>'),
    in_html("utm-internal", "page", '<a href="https://glass-letter.example/?utm_source=x">Zum Register</a>'),
    in_html("utm-internal", "thanks", '<a href="../../?utm_campaign=thanks">Zum Register</a>'),
    in_html("picture-missing", "page", '<img alt="A cap" width="9" height="9">'),
    in_html(
        "picture-missing",
        "mail",
        '<img src="https://via.placeholder.com/600x400" alt="A cap" width="9" height="9">',
    ),
    in_html(
        "picture-missing", "page", '<img src="https://picsum.photos/600" alt="A cap" width="9" height="9">'
    ),
    in_html("picture-missing", "mail", '<img src="C:/Users/ada/cap.png" alt="A cap" width="9" height="9">'),
    in_html("picture-unsized", "page", '<img src="kappe.png" alt="A cap" width="300">'),
    in_html("picture-unsized", "page", '<img src="kappe.png" alt="A cap" height="300">'),
    in_html("picture-unsized", "mail", '<img src="kappe.png" alt="A cap" style="width:300px">'),
    in_html(
        "picture-distorted",
        "page",
        'width="600" height="600"',
        'width="1200" height="800"',
        line="image: vials.png",
    ),
    in_html(
        "picture-distorted",
        "mail",
        'width="600" height="300"',
        'width="600" height="400"',
        line="image: vials.png",
    ),
    in_html(
        "picture-distorted",
        "page",
        'width="1200px" height="760px"',
        'width="1200" height="800"',
        line="image:",
    ),
    in_html(
        "picture-blurred",
        "page",
        'width="2400" height="1600"',
        'width="1200" height="800"',
        line="image: vials.png",
    ),
    in_html(
        "picture-blurred",
        "page",
        'width="1350" height="900"',
        'width="1200" height="800"',
        line="image: vials.png",
    ),
    in_html(
        "picture-blurred",
        "mail",
        'width="1500" height="1000"',
        'width="600" height="400"',
        line="image: vials.png",
    ),
    in_html(
        "picture-oversized",
        "mail",
        'width="90" height="60"',
        'width="600" height="400"',
        line="image: vials.png",
    ),
    in_html(
        "picture-oversized",
        "mail",
        'width="360" height="240"',
        'width="600" height="400"',
        line="image: vials.png",
    ),
    in_html(
        "picture-oversized",
        "page",
        'width="120" height="80"',
        'width="1200" height="800"',
        line="image: vials.png",
    ),
    in_settings("picture-heavy", "[check.limits]\npicture = 0\n", "image: vials.png"),
    in_settings("picture-heavy", "[check.limits]\npicture = 50\n", "image: vials.png"),
    in_html(
        "utm-differs",
        "mail",
        '<a href="https://a.glass-letter.example/?utm_source=news" style="color:#1c1b19">Zum Register</a>',
    ),
    in_article("link-broken", "See [the file on privacy](/privacy.md)."),
    in_article("link-broken", "Siehe [das Register](/register/)."),
    in_article("anchor-broken", "See [the foot](#look-at-the-foot)."),
    in_article("anchor-broken", "See [the form](join/#field-shoe-size)."),
)

NEARLY = (
    article("Write `[run](javascript:alert(1))`, or ``[`run`](data:x)``, and it is gone."),
    article("```\n[run](javascript:alert(1))\n```"),
    article("That is how it is written:\n\n    [run](javascript:alert(1))"),
    article("Nothing is led by \\[this\\](javascript:alert(1)) or by ](javascript:alert(1))."),
    article("A comment <!-- [run](javascript:alert(1)) --> is nothing."),
    article("The scheme javascript:alert(1) is no link, nor is (data: that of 2025)."),
    article("Nobody names this one.\n\n[note]: data:none"),
    article("Not [the note](/?a=javascript:x)."),
    article("Nothing is led by `[this](sms:+441632960961)`, by (sms: none) or by [this] (note: none)."),
    article("A [note] is none.\n\n[note]: Attention: glass breaks"),
    article("Text of a word processor has <o:p>elements</o:p> of its own."),
    article("See [the register](https://example.com/), as this site is one too."),
    article("See [it](https://todo.glass-letter.example/todo/)."),
    page('<a href="#page-main">Up</a>'),
    article("See [it](https://web.archive.org/web/2026/https://a.glass-letter.example/)."),
    article("See [it](https://a.glass-letter.example/?to=https://b.glass-letter.example/)."),
    article("See [it](https://a.glass-letter.example/https-explained)."),
    article("See [it](https://a.glass-letter.example/old%20glass/list)."),
    article("See [it](https://a.glass-letter.example/@ada?mail=ada@b.example)."),
    article("See [it](https://developer.glass-letter.example/preview/)."),
    article("See [it](https://devices.glass-letter.example/)."),
    article("See [it](https://docs.google.com/document/d/1a2b/pub)."),
    article("See [it](https://a.glass-letter.example/?inside=1&id=4)."),
    article("Write to [Ada](mailto:ada@glass-letter.example?subject=A%20vial&body=Hello)."),
    article("Write to [both](mailto:ada@glass-letter.example,bo@glass-letter.example)."),
    page('<a href="mailto:?subject=Look%20at%20this">Tell a friend</a>'),
    article("Call [Ada](tel:+44-1632-960-961) or [the police](tel:110)."),
    article("Call [the desk](tel:+441632960961;ext=12)."),
    page('<a href="whatsapp://send?text=x">Send it on</a>'),
    mail(
        '<a href="https://glass-letter.example/glass-vials/newsletter/" style="color:#1c1b19">Web</a>',
    ),
    mail('<a href="mailto:ada@glass-letter.example" style="color:#1c1b19">Write to Ada</a>'),
    front("utm: {source: letter, medium: post, campaign: glass}"),
    front("utm: {enabled: false}"),
    settings('[utm]\nsource = "letter"\n'),
    article("See [it](https://a.glass-letter.example/?utm_term=glass&utm_content=end)."),
    page('<img src="c.png" alt="A cap" style="width:10em; aspect-ratio:1">'),
    mail('<img src="c.png" alt="A cap" width="300">'),
    mail('<img src="https://glass-letter.example/o.gif" alt="" width="1" height="1">'),
    mail('<img src="cid:cap" alt="A cap" width="300" height="200">'),
    page('width="100%" height="800"', instead_of='width="1200" height="800"'),
    mail('width="600" height="399"', instead_of='width="600" height="400"'),
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", NEARLY, ids=named)
def test_what_is_nearly_a_fault_is_none(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)


def test_a_link_that_is_lost_is_told_once_where_a_template_has_it_too(tmp_path: Path) -> None:
    run = "javascript:alert(1)"
    told = told_in(
        tmp_path, article(f"See [the register]({run})."), page(f'<a href="{run}">The register</a>')
    )
    assert [message for _, _, message in told] == ['the link "the register" begins with javascript:']
