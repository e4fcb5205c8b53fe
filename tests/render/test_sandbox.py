"""A template ends within seconds and with little room, whatever it says, in a fault at its line."""

import signal
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from campaigner.errors import TemplateFault
from campaigner.render.theme import Theme

#: seconds of the processor, which no other program takes away
PATIENCE = 5.0
ROOM = "makes more than there is room for"
TIME = "takes longer than any page needs"
LONG = '{% set long = "a" * 1000000 %}'
NESTED = "".join(
    (
        "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}",
        "{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}",
    )
)


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    """Stop a test that is too slow, also one without an end."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemError(f"that takes more than {PATIENCE} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def rendered(folder: Path, text: str, **values: object) -> str:
    template = folder / "templates" / "own.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text(text, encoding="utf-8")
    return Theme(folder).render("own.html", values)


def assert_fault(folder: Path, text: str, told: str) -> None:
    with pytest.raises(TemplateFault, match=rf"^templates/own\.html:2:1: .*{told}"):
        rendered(folder, f"<p>\n{text}")


@pytest.mark.parametrize(
    "expression",
    [
        '"%0999999999d" % 1',
        '"%.999999999f" % 1',
        '"%*d" % (10**9, 1)',
        '("%100000d" * 90000) % ((1,) * 90000)',
        '("%(a)s" * 100000) % {"a": "b" * 1000000}',
        '"{:>999999999}".format(1)',
        '"{:>{}}".format(1, 10**9)',
        '"{a:>999999999}".format_map({"a": 1})',
        '("{0:>900000}" * 80000).format(1)',
        '("{0}" * 300000).format("b" * 1000000)',
        '"%0999999999d" | format(1)',
        '"%*d" | format(10**9, 1)',
    ],
)
def test_blanks_are_filled_in_with_measure(expression: str, tmp_path: Path) -> None:
    assert_fault(tmp_path, f"{{{{ {expression} }}}}", ROOM)


@pytest.mark.parametrize(
    "expression",
    [
        *(f'"x".{method}(10**9)' for method in ("center", "ljust", "rjust", "zfill")),
        '"x".encode().center(10**9)',
        '(1).to_bytes(10**9, "big")',
        '("\\t" * 1000000).expandtabs(1000000)',
        '("a" * 1000000).replace("a", "b" * 1000000)',
        '("b" * 1000000).join("a" * 1000000)',
        '("a" * 1000000).translate({97: "b" * 1000000})',
    ],
)
def test_methods_make_no_more_than_there_is_room_for(expression: str, tmp_path: Path) -> None:
    assert_fault(tmp_path, f"{{{{ {expression} }}}}", ROOM)


@pytest.mark.parametrize(
    "expression",
    [
        '"x" | center(10**9)',
        '"x" | indent(10**9)',
        '"x" | indent(width=10**9)',
        '("\\n" * 900000) | indent(900000)',
        '("\\n" * 900000) | indent("x" * 900000, blank=true)',
        '("a" * 1000000) | replace("a", "b" * 1000000)',
        '("a" * 1000000) | replace(old="a", new="b" * 1000000)',
        '("a" * 1000000) | join("b" * 1000000)',
        '("a" * 1000000) | wordwrap(1)',
        '("a " * 500000) | wordwrap(1, wrapstring="b" * 1000000)',
        "[1] | batch(10**9, 1) | list",
        "[1] | slice(10**9) | list",
        "5 | round(-(10**9))",
        '["x"] | map("center", 10**9) | list',
        '(["a"] * 100000) | tojson(indent=1000000)',
        "([[1]] * 400000) | sum(start=[])",
    ],
)
def test_filters_make_no_more_than_there_is_room_for(expression: str, tmp_path: Path) -> None:
    assert_fault(tmp_path, f"{{{{ {expression} }}}}", ROOM)


@pytest.mark.parametrize(
    "doubled",
    ["ns.a + ns.a", "ns.a ~ ns.a", "(ns.a, ns.a) | join"],
)
def test_what_is_doubled_again_and_again_comes_to_an_end(doubled: str, tmp_path: Path) -> None:
    loop = f"{{% for i in range(60) %}}{{% set ns.a = {doubled} %}}{{% endfor %}}"
    assert_fault(tmp_path, f'{{% set ns = namespace(a="x") %}}{loop}', ROOM)


@pytest.mark.parametrize(
    "use",
    [
        *("{{ ns.a }}", "{{ ns }}", '{{ ns.a ~ "" }}', "{{ ns.a | string }}", '{{ {"a": ns.a}.values() }}'),
        *('{{ "%s" % [ns.a] }}', '{{ "{!r}".format(ns.a) }}', "{{ ns.a == ns.b }}", "{{ ns.a in [ns.b] }}"),
        *("{{ [ns.a].index(ns.b) }}", "{{ [ns.a, ns.b] | sort }}", "{{ ns.a is eq(ns.b) }}"),
    ],
)
def test_lists_that_hold_each_other_are_not_gone_through_without_end(use: str, tmp_path: Path) -> None:
    assert_fault(tmp_path, NESTED + use, ROOM)


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{% for b in range(99999) if false %}{% endfor %}{% endfor %}",
        f"{{% for a in range(99999) %}}{'x' * 10_000}{{% endfor %}}",
        f"{LONG}{{% for a in range(99999) %}}{{{{ long }}}}{{% endfor %}}",
        f"{LONG}{{% for a in range(99999) %}}{{% set b = long | upper %}}{{% endfor %}}",
        f"{LONG}{{% for a in range(99999) %}}{{% set b = long[1:] %}}{{% endfor %}}",
        f'{LONG}{{% for a in range(99999) %}}{{% if "b" in long %}}{{% endif %}}{{% endfor %}}',
        f"{LONG}{{% for a in range(99999) %}}{{% set b = long.upper() %}}{{% endfor %}}",
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
        "{% for x in [1, 2] recursive %}{% if loop.depth < 60 %}{{ loop([1, 2]) }}{% endif %}{% endfor %}",
        '{% filter upper %}{% for a in "a" * 1000000 %}{% for b in range(9) %}{% endfor %}{% endfor %}{% endfilter %}',
    ],
    ids=[
        *("loops", "conditions", "text", "values", "filters", "slices", "comparisons", "methods", "macros"),
        *("recursion", "blocks"),
    ],
)
def test_a_template_that_goes_on_and_on_is_stopped(text: str, tmp_path: Path) -> None:
    assert_fault(tmp_path, text, TIME)


def test_a_text_that_grows_in_a_block_comes_to_an_end(tmp_path: Path) -> None:
    block = "{% set text %}{{ ns.a }}{{ ns.a }}{% endset %}{% set ns.a = text %}"
    loop = f"{{% for i in range(60) %}}{block}{{% endfor %}}"
    assert_fault(tmp_path, f'{{% set ns = namespace(a="x") %}}{loop}', TIME)


@pytest.mark.parametrize("depth", [25, 110])
def test_a_template_that_python_finds_nested_too_deeply_is_a_fault(depth: int, tmp_path: Path) -> None:
    text = "{% for a in [1] %}" * depth + "{% endfor %}" * depth
    with pytest.raises(TemplateFault, match=r"^templates/own\.html:1:1: .*nested too deeply"):
        rendered(tmp_path, text)


def test_a_template_with_too_many_tags_is_a_fault_before_it_is_compiled(tmp_path: Path) -> None:
    with pytest.raises(TemplateFault, match=r"own\.html:1:1: the template has more than 50,000 tags"):
        rendered(tmp_path, "{{ 1 }}" * 200_000)


def test_words_by_chance_are_none_of_a_template(tmp_path: Path) -> None:
    assert_fault(tmp_path, "{{ lipsum(10**9) }}", "'lipsum' is undefined")


def test_what_a_filter_is_given_wrong_is_a_fault_of_the_template(tmp_path: Path) -> None:
    assert_fault(tmp_path, '{{ "a long text" | truncate(1, end="and so on") }}', "expected length")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ('{{ "%05d and %s" % (7, "x") }}', "00007 and x"),
        ('{{ "{:>5}|{!r:<4}|{a}".format(7, "x", a=1) }}', "    7|&#39;x&#39; |1"),
        ('{{ "{a[b]}".format_map({"a": {"b": 1}}) }}', "1"),
        ('{{ ("<{}>" | safe).format("<") }}', "<&lt;>"),
        ('{% set b = ["<"] %}{{ "a" ~ 1 ~ (b[0] | safe) ~ "<" }}', "a1<&lt;"),
        ('{{ ["b", "a"] | sort | join(", ") }}{{ "a\nb" | indent(2) }}', "a, ba\n  b"),
        ('{{ "a-b".replace("-", "+") | upper | center(7) }}', "  A+B  "),
        ('{{ [1, 2][1:] }}{{ 3 in [1, 2] }}{{ 1 < 2 < 3 }}{{ "a" is in "abc" }}', "[2]FalseTrueTrue"),
        ("{% for x in [[1, [2]], 3] recursive %}{{ x if x is number else loop(x) }}{% endfor %}", "123"),
        ("{% for x in range(9) if x is odd %}{{ loop.index }}{{ x }} {% endfor %}", "11 23 35 47 "),
        ("{{ 2 ** 10 }}{{ 2.4 | round | int }}{{ [1, 2] | sum }}", "102423"),
        ("{{ nothing is defined }}{{ nothing | default('no') }}", "Falseno"),
    ],
)
def test_what_is_within_measure_is_as_jinja_makes_it(text: str, made: str, tmp_path: Path) -> None:
    assert rendered(tmp_path, text) == made


def test_a_long_text_may_be_shown_and_looped_over(tmp_path: Path) -> None:
    article = "word " * 1_000_000
    loop = "{% for one in many %}{{ one }}{% endfor %}"
    made = rendered(tmp_path, f"{{{{ article }}}}{loop}", article=article, many=["x"] * 100_000)
    assert len(made) == len(article) + 100_000


def test_every_page_has_steps_of_its_own(tmp_path: Path) -> None:
    theme = Theme(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "own.html").write_text(
        "{% for a in range(400) %}{% for b in range(1000) %}{% endfor %}{% endfor %}", encoding="utf-8"
    )
    assert [theme.render("own.html", {}) for _ in range(4)] == [""] * 4
