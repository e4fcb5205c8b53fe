"""Where templates run: they reach no Python, and what they make and how long they take has bounds.

Nothing is told by a clock, so that a template that is right on one machine is right on all. Each piece of a
template takes steps, in proportion to what it handles, and there are so many; what gets large is
measured before it is made (`growth`).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property, partial, wraps
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import StrictUndefined, Template, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, Frame, operators
from jinja2.runtime import Macro, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedFormatter
from jinja2.utils import missing
from markupsafe import EscapeFormatter, Markup

from campaigner.errors import nearest
from campaigner.render import growth

#: steps that the templates of one page or mail may take; each is some microseconds
MOST_STEPS = 1_000_000
#: characters or items that are handled within one step
IN_ONE_STEP = 64
#: steps that a call takes by itself
CALL = 4
#: what has one size, and a small one
PLAIN = frozenset((bool, int, float, type(None)))


class TooLong(RuntimeError):
    """A template takes more steps than any page needs."""

    hint = "Let it do less: are there loops within loops?"

    def __init__(self) -> None:
        super().__init__("the template takes longer than any page needs")


class _Fields(dict[type, frozenset[str]]):
    """What a template may see of a value, or of a block of a file, by its class; nothing of anything else."""

    def __missing__(self, kind: type) -> frozenset[str]:
        names = getattr(kind, "__struct_fields__", getattr(kind, "__dataclass_fields__", ()))
        self[kind] = frozenset(name for name in names if not name.startswith("_"))
        return self[kind]


FIELDS = _Fields()


class UnknownName(UndefinedError):
    """A template names something that is not there."""

    def __init__(self, thing: object, name: str, message: str) -> None:
        super().__init__(message)
        self.hint = _names_of(thing, name)


class Strict(StrictUndefined):
    """Something that is not there, and whoever uses it is told what is."""

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None):
        told: Any = partial(UnknownName, obj, str(name))  # Jinja only ever calls it
        super().__init__(hint, obj, name, told)

    @property
    def _undefined_message(self) -> str:
        if FIELDS[type(self._undefined_obj)]:
            return f'there is no "{self._undefined_name}" here'
        return super()._undefined_message


def _names_of(thing: object, name: str) -> str:
    if thing is missing:
        return "A page's template gets page, site and words, a macro what it is called with"
    return nearest(name, FIELDS[type(thing)])


class CountingGenerator(CodeGenerator):
    """Writes what a template is compiled to, with steps counted in it."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Write a body, of a template, a loop or a macro: whenever it is run it takes its steps."""
        nodes = [*nodes]
        self.writeline(f"environment.take_steps({1 + _text_in(nodes) // IN_ONE_STEP})")
        super().blockvisit(nodes, frame)

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802  Jinja's own name
        """Write a loop; its condition takes a step for each item that it passes over, too."""
        if node.test is not None:
            step = nodes.Call(nodes.EnvironmentAttribute("take_steps"), [nodes.Const(1)], [], None, None)
            node.test = nodes.And(step, node.test)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Write what puts texts behind each other."""
        self.write("environment.measured(environment.concatenated(")
        is_markup = "context.eval_ctx.autoescape" if frame.eval_ctx.volatile else frame.eval_ctx.autoescape
        self.write(f"{is_markup}, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write(")))")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """Write what is taken out of something; a slice is a copy."""
        is_slice = isinstance(node.arg, nodes.Slice)
        self.write("environment.measured(" if is_slice else "")
        super().visit_Getitem(node, frame)
        self.write(")" if is_slice else "")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Write a comparison, which takes steps in proportion to what is compared."""
        self.write("(")
        self._visit_compared(node.expr, frame)
        for operand in node.ops:
            self.visit(operand, frame)
        self.write(")")

    def visit_Operand(self, node: nodes.Operand, frame: Frame) -> None:  # noqa: N802
        """Write what something is compared with."""
        self.write(f" {operators[node.op]} ")
        self._visit_compared(node.expr, frame)

    def _visit_compared(self, node: nodes.Expr, frame: Frame) -> None:
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write("environment.weighed(")
        self.visit(node, frame)
        self.write(")")


def _text_in(body: Iterable[nodes.Node]) -> int:
    """Characters that a template has between its tags, without those in bodies of their own."""
    written = (part for one in body if isinstance(one, nodes.Output) for part in one.nodes)
    return sum(len(part.data) for part in written if isinstance(part, nodes.TemplateData))


class BoundedFormatter(SandboxedFormatter):
    """Fills in `{}`, as far as a template needs it."""

    _env: "Sandbox"

    def __init__(self, env: "Sandbox", **options: Any) -> None:
        super().__init__(env, **options)
        self._made = 0

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Make text of a value, where a blank says how: `{!r}`."""
        return super().convert_field(self._env.weighed(value), conversion)

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Fill a value in; raises MemoryError where all of it is too much."""
        self._made += growth.number_in(format_spec)
        if self._made > growth.LARGEST or growth.number_in(format_spec) > growth.LONGEST:
            raise MemoryError
        filled = super().format_field(self._env.weighed(value), format_spec)
        self._made += len(filled)
        return filled


class BoundedEscapeFormatter(BoundedFormatter, EscapeFormatter):
    """The same in markup."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's own, which lets a template reach no Python; quicker with our values and templates."""

    code_generator_class = CountingGenerator
    #: what makes much of little
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=self.weighed, **options)
        self._steps_left = MOST_STEPS
        self._is_counting = False
        del self.globals["lipsum"]  # chance words, without measure
        self.filters = {name: self._bounded(name, one) for name, one in self.filters.items()}
        tests: Any = self.tests  # Jinja says of some that they are no more than functions
        self.tests = {name: self._weighing(one) for name, one in tests.items()}

    @cached_property
    def _loaded(self) -> dict[str, Template]:
        return {}

    # ---- bounds --------------------------------------------------------------------------------------

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count the steps of all that is run within; what is run within that has no more of its own."""
        is_outermost = not self._is_counting
        if is_outermost:
            self._steps_left, self._is_counting = MOST_STEPS, True
        try:
            yield
        finally:
            if is_outermost:
                self._is_counting = False

    def take_steps(self, count: int) -> bool:
        """Take steps; raises TooLong where there are no more."""
        self._steps_left -= count
        if self._steps_left < 0:
            raise TooLong
        return True

    def weighed(self, value: Any) -> Any:
        """Give a value that is to be gone through; raises MemoryError where that would have no end."""
        if type(value) in PLAIN:
            return value
        if isinstance(value, str):
            if len(value) >= IN_ONE_STEP:
                self.take_steps(len(value) // IN_ONE_STEP)
            return value
        weight = growth.weight(value)
        if weight.is_too_much:
            raise MemoryError
        self.take_steps(weight.items + weight.characters // IN_ONE_STEP)
        return value

    def measured(self, value: Any) -> Any:
        """Give a value that was made; raises MemoryError where no template needs so much."""
        if type(value) in PLAIN or not isinstance(value, str | bytes | list | tuple | dict):
            return value
        if len(value) > growth.LARGEST:
            raise MemoryError
        self.take_steps(len(value) // IN_ONE_STEP)
        return value

    def concatenated(self, is_markup: bool, parts: tuple[Any, ...]) -> str:
        """Put texts behind each other."""
        for part in parts:
            self.weighed(part)
        return str_join(parts) if not is_markup else markup_join(parts)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Calculate. Raises MemoryError where what comes of it would take long, or all the room there is."""
        if operator == "%":
            self.weighed(right)
            is_too_much = growth.of_blanks(left, right) > growth.LARGEST
        else:
            is_too_much = operator != "+" and growth.of_product(operator, left, right)
        if is_too_much:
            raise MemoryError
        return self.measured(super().call_binop(context, operator, left, right))

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  Jinja's own
        """Call what a template may call; raises MemoryError where it would make too much."""
        __self.take_steps(CALL)
        if isinstance(__obj, Macro):
            return super().call(__context, __obj, *args, **kwargs)
        owner = getattr(__obj, "__self__", None)
        values = (owner, *args) if isinstance(__obj, MethodType | BuiltinMethodType) else args
        for value in (*values, *kwargs.values()):
            __self.weighed(value)
        if isinstance(owner, str | bytes | int | float) and growth.is_too_much(
            growth.METHODS, __obj.__name__, values, kwargs
        ):
            raise MemoryError
        return __self.measured(super().call(__context, __obj, *args, **kwargs))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Give a text's `format` and `format_map` with bounds; None for all else."""
        if super().wrap_str_format(value) is None:
            return None
        pattern = value.__self__
        formatter: BoundedFormatter
        if isinstance(pattern, Markup):
            formatter = BoundedEscapeFormatter(self, escape=pattern.escape)
        else:
            formatter = BoundedFormatter(self)

        def filled(*values: Any, **named: Any) -> str:
            if value.__name__ == "format_map":
                (named,), values = values, ()
            text: str = type(pattern)(formatter.vformat(pattern, values, named))
            return text

        return filled

    def _bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter with bounds."""
        first = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def bounded(*values: Any, **named: Any) -> Any:
            self.take_steps(CALL)
            for value in (*values[first:], *named.values()):
                self.weighed(value)
            if growth.is_too_much(growth.FILTERS, name, values[first:], named):
                raise MemoryError
            return self.measured(function(*values, **named))

        return bounded

    def _weighing(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A test that takes steps in proportion to what it tests."""
        first = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def weighing(*values: Any, **named: Any) -> Any:
            self.take_steps(CALL)
            for value in values[first:]:
                self.weighed(value)
            return function(*values, **named)

        return weighing

    # ---- speed ---------------------------------------------------------------------------------------

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look an attribute up. The fields of values are there to be seen: about them nothing is asked."""
        if attribute in FIELDS[type(obj)]:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: Any = None,  # noqa: A002  Jinja's name
    ) -> Template:
        """Load a template; one that is known is not asked for again, by whichever part names it."""
        if not isinstance(name, str) or globals:
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found
