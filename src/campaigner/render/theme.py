"""The theme: templates, their words and which of them each page depends on."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.debug import rewrite_traceback_stack

from campaigner.content.workspace import decode
from campaigner.errors import FILES_ALIKE, ContentError, Fault, TemplateFault, nearest
from campaigner.render.compiled import compiled_templates
from campaigner.render.sandbox import Sandbox, Strict, TooLong
from campaigner.resources import theme_folder

MARKUP = (".html", ".xml")
#: what a mistake in a template may end in, beside Jinja's own errors
MISTAKES = (
    *(TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError),
    *(MemoryError, TooLong, AssertionError, SyntaxError),
)
#: a template's name, by which it is looked for in a folder of templates
NAME = re.compile(r"(?!.*\.\.)[\w-][\w.-]*(/[\w-][\w.-]*)*")
FALLBACK_LANGUAGE = "en"
#: tags of one template, which take their time to be compiled
MOST_TAGS = 50_000


class ThemeLoader(BaseLoader):
    """Finds a template in the workspace, else in the theme that comes with the program."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)

    @cached_property
    def _real_folders(self) -> list[Path]:
        return [folder.resolve() for folder in self.folders]

    def path(self, name: str) -> Path | None:
        """The file that `name` means, or None."""
        return next(iter(self.paths(name)), None)

    def paths(self, name: str) -> list[Path]:
        """The files that `name` means, the workspace's own before the theme's."""
        if not NAME.fullmatch(name):
            return []
        return [folder / name for folder in self.folders if (folder / name).is_file()]

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """Give a template's text and path."""
        path = self.path(template)
        if path is None:
            raise TemplateNotFound(template)
        return self.read(path, template), str(path), None

    def read(self, path: Path, name: str) -> str:
        """The text of a template's file.

        Raises TemplateFault where it leads out of its folder, cannot be read or is not UTF-8.
        """
        shown = f"templates/{name}"
        real = path.resolve()
        if not any(real.is_relative_to(folder) for folder in self._real_folders):
            message, hint = "this is a link to a file outside of templates/", "Copy the file here instead"
            raise TemplateFault(Fault(path=shown, message=message, hint=hint))
        try:
            content = path.read_bytes()
        except OSError as error:
            message = f"the template cannot be read: {error.strerror}"
            raise TemplateFault(Fault(path=shown, message=message, hint="Change its permissions")) from None
        try:
            text = decode(content, shown=shown)
        except ContentError as error:
            raise TemplateFault(error.faults) from None
        if text.count("{{") + text.count("{%") > MOST_TAGS:
            message, hint = f"the template has more than {MOST_TAGS:,} tags", "Split it, or loop over data"
            raise TemplateFault(Fault(path=shown, message=message, hint=hint))
        return text

    def list_templates(self) -> list[str]:
        """All names there are, of workspace and theme."""
        files = (
            file.relative_to(folder).as_posix()
            for folder in self.folders
            for file in folder.rglob("*")
            if file.is_file()
        )
        return sorted({name for name in files if NAME.fullmatch(name)})


class UnknownWords(LookupError):
    """A template wants words that no language file has."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f'there are no words "{name}"')
        self.hint = nearest(name, known)


class Words:
    """The theme's own words in one language: `words("read_more")`, `words("minutes", count=3)`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __call__(self, name: str, **values: object) -> str:
        """Give a phrase, with its `{blanks}` filled in."""
        if name not in self._words:
            raise UnknownWords(name, self._words)
        try:
            return self._words[name].format(**values)
        except MISTAKES:
            hint = "Its blanks are " + (", ".join(f"{{{blank}}}" for blank in values) or "none at all")
            message = f'the words "{name}" have a blank that nothing fills: {self._words[name]}'
            raise TemplateFault(Fault(path="templates/words", message=message, hint=hint)) from None


def _writable(text: str) -> str:
    """Give what a template made; raises ValueError where no file of text can hold it."""
    if "\0" in text:
        raise ValueError("it makes a NUL, which is no character of any text")
    text.encode()
    return text


class Theme:
    """Templates by name, from the workspace first and the program's own theme else."""

    def __init__(self, workspace: Path | None = None) -> None:
        """Take `workspace`'s `templates/` for overrides; None for the theme alone."""
        own = [workspace / "templates"] if workspace else []
        self.workspace = workspace
        self.loader = ThemeLoader([*own, theme_folder()])

    def __reduce__(self) -> tuple[type["Theme"], tuple[Path | None]]:
        """Travel to another process as its folder: compiled templates cannot travel."""
        return Theme, (self.workspace,)

    @cached_property
    def environment(self) -> Sandbox:
        """Jinja, strict and sandboxed: a typo is an error and a template reaches no Python."""
        return Sandbox(
            loader=self.loader,
            undefined=Strict,
            autoescape=lambda name: name is not None and name.endswith(MARKUP),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=compiled_templates(),
            # there is next to nothing in a template that could be computed before, and looking takes long
            optimized=False,
        )

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render one template.

        Raises TemplateFault, naming file and line, where it is missing, broken or uses what is not there.
        """
        try:
            with self.environment.counting():
                return _writable(self.template(name).render(context))
        except (TemplateError, *MISTAKES) as error:
            raise self._fault(name, error) from error

    def macro(self, name: str, macro: str) -> Any:
        """Give a macro of a template, to be called with the macro's own arguments."""
        try:
            with self.environment.counting():
                found = getattr(self.template(name).module, macro, None)
        except (TemplateError, *MISTAKES) as error:
            raise self._fault(name, error) from error
        if found is None:
            message, hint = (
                f'there is no macro "{macro}"',
                f"Write {{% macro {macro}(…) %}} … {{% endmacro %}}",
            )
            raise TemplateFault(Fault(path=f"templates/{name}", message=message, hint=hint))
        return partial(self._call, name, found)

    def _call(self, name: str, macro: Any, *arguments: Any) -> Any:
        try:
            with self.environment.counting():
                return macro(*arguments)
        except (TemplateError, *MISTAKES):
            error = rewrite_traceback_stack()  # only render() does it by itself
            raise self._fault(name, error) from error

    def template(self, name: str) -> Template:
        """Load one template, compiled once."""
        return self.environment.get_template(name)

    def words(self, language: str) -> Words:
        """The theme's words in `language`, English where it has no such language."""
        return Words(self._words(language))

    @cache  # noqa: B019  a theme lives as long as a build
    def _words(self, language: str) -> Mapping[str, str]:
        words: dict[str, str] = {}
        for tag in dict.fromkeys((FALLBACK_LANGUAGE, language.partition("-")[0].lower(), language.lower())):
            for path in reversed(self.loader.paths(f"words/{tag}.toml")):
                words |= self._read_words(path, f"words/{tag}.toml")
        return words

    def _read_words(self, path: Path, name: str) -> dict[str, str]:
        text = self.loader.read(path, name)
        try:
            words = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            line = re.search(r"line (\d+)", str(error))
            message, hint = f"this is no TOML: {error}", 'Text stands between quotes: more = "Read on"'
            place = int(line[1]) if line else 1
            raise TemplateFault(
                Fault(path=f"templates/{name}", line=place, message=message, hint=hint)
            ) from None
        for phrase, value in words.items():
            if not isinstance(value, str):
                message = f'the words "{phrase}" must be text'
                raise TemplateFault(
                    Fault(path=f"templates/{name}", message=message, hint="Put it between quotes")
                )
        return words

    @cache  # noqa: B019
    def closure(self, name: str) -> frozenset[str]:
        """Names of all templates that `name` may load, itself included."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting.extend(self._references(current))
        return frozenset(found)

    @cache  # noqa: B019  a part is loaded by many pages and parsed once
    def _references(self, name: str) -> tuple[str, ...]:
        """Names of the templates that one template names; all there are where it computes a name."""
        path = self.loader.path(name)
        if path is None:
            return ()
        try:
            tree = self.environment.parse(self.loader.read(path, name))
        except (TemplateSyntaxError, TemplateFault):
            return ()  # rendering tells; the file itself is a dependency already
        references = list(meta.find_referenced_templates(tree))
        if None in references:
            return tuple(self.loader.list_templates())
        return tuple(reference for reference in references if reference)

    def digest(self, names: Iterable[str]) -> str:
        """Hash of everything that rendering the templates `names` can depend on, words included."""
        closure = {"words"}
        for name in names:
            closure |= self.closure(name)
        closure |= {name for name in self.loader.list_templates() if name.startswith("words/")}
        seal = hashlib.blake2b(digest_size=16)
        for name in sorted(closure):
            content = self._content(name)
            seal.update(f"{name}\0{len(content)}\0".encode() + content)
        return seal.hexdigest()

    def _content(self, name: str) -> bytes:
        path = self.loader.path(name)
        try:
            return path.read_bytes() if path else b""
        except OSError:
            return b""  # rendering tells

    def _fault(self, name: str, error: BaseException) -> TemplateFault:
        path, line = self._where(name, error)
        message = (getattr(error, "message", None) or str(error)).rstrip(".")
        hint = getattr(error, "hint", "") or "templates/README.md says what each template gets"
        if isinstance(error, TemplateSyntaxError):
            hint = "Check the braces, tags and names here"
            if error.filename:
                path, line = Path(error.filename), error.lineno
        elif isinstance(error, TemplateNotFound):
            message = f'there is no template "{error.name}"'
            hint = (
                nearest(str(error.name), self.loader.list_templates(), alike=FILES_ALIKE)
                or "templates/README.md says which there are"
            )
        elif isinstance(error, RecursionError):
            message, hint = "the template loads itself, again and again", "Take one of the references out"
        elif isinstance(error, SyntaxError):  # of what Jinja made of it: Python has bounds of its own
            message, hint = "the template is nested too deeply", "Take some loops or conditions out"
        elif isinstance(error, MemoryError):
            message, hint = "the template makes more than there is room for", "Let it make less"
        return TemplateFault(Fault(path=self._shown(path), line=line, message=message, hint=hint))

    def _where(self, name: str, error: BaseException) -> tuple[Path, int]:
        """The innermost line of a template in the traceback; Jinja rewrites it to the template's own."""
        place = (self.loader.path(name) or Path(f"templates/{name}"), 1)
        traceback = error.__traceback__
        while traceback is not None:
            filename = traceback.tb_frame.f_code.co_filename
            if filename.endswith((".html", ".txt", ".xml", ".css")):
                place = (Path(filename), traceback.tb_lineno)
            traceback = traceback.tb_next
        return place

    def _shown(self, path: Path) -> str:
        if self.workspace and path.is_relative_to(self.workspace):
            return path.relative_to(self.workspace).as_posix()
        if path.is_relative_to(theme_folder()):
            return f"templates/{path.relative_to(theme_folder()).as_posix()}"
        return str(path)
