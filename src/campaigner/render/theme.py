"""The theme: templates, their words and which of them each page depends on."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaigner.errors import Fault, TemplateFault, nearest
from campaigner.resources import theme_folder

MARKUP = (".html", ".xml")
FALLBACK_LANGUAGE = "en"


class ThemeLoader(BaseLoader):
    """Finds a template in the workspace, else in the theme that comes with the program."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.folders = tuple(folders)

    def path(self, name: str) -> Path | None:
        """The file that `name` means, or None; never one outside of the folders."""
        if not re.fullmatch(r"(?!.*\.\.)[\w.-]+(/[\w.-]+)*", name):
            return None
        for folder in self.folders:
            candidate = folder / name
            if candidate.is_file() and candidate.resolve().is_relative_to(folder.resolve()):
                return candidate
        return None

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """Give a template's text and path."""
        path = self.path(template)
        if path is None:
            raise TemplateNotFound(template)
        return path.read_text(encoding="utf-8"), str(path), None

    def list_templates(self) -> list[str]:
        """All names there are, of workspace and theme."""
        return sorted(
            {
                file.relative_to(folder).as_posix()
                for folder in self.folders
                for file in folder.rglob("*")
                if file.is_file()
            }
        )


class Words:
    """The theme's own words in one language: `words("read_more")`, `words("minutes", count=3)`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __call__(self, name: str, **values: object) -> str:
        """Give a phrase, with its `{blanks}` filled in."""
        if name not in self._words:
            raise TemplateFault(
                Fault(
                    path="templates/words",
                    message=f'there are no words "{name}"',
                    hint=nearest(name, self._words),
                )
            )
        return self._words[name].format(**values)


class Theme:
    """Templates by name, from the workspace first and the program's own theme else."""

    def __init__(self, workspace: Path | None = None) -> None:
        """Take `workspace`'s `templates/` for overrides; None for the theme alone."""
        own = [workspace / "templates"] if workspace else []
        self.workspace = workspace
        self.loader = ThemeLoader([*own, theme_folder()])

    @cached_property
    def environment(self) -> Environment:
        """Jinja, strict and sandboxed: a typo is an error and a template reaches no Python."""
        return ImmutableSandboxedEnvironment(
            loader=self.loader,
            undefined=StrictUndefined,
            autoescape=lambda name: name is not None and name.endswith(MARKUP),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Render one template.

        Raises TemplateFault, naming file and line, where it is missing, broken or uses what is not there.
        """
        try:
            return self.template(name).render(context)
        except TemplateError as error:
            raise self._fault(name, error) from error
        except (TypeError, ValueError, ZeroDivisionError, LookupError, AttributeError) as error:
            raise self._fault(name, error) from error

    def macro(self, name: str, macro: str) -> Any:
        """Give a macro of a template, to be called with the macro's own arguments."""
        try:
            return getattr(self.template(name).module, macro)
        except (TemplateError, AttributeError) as error:
            raise self._fault(name, error) from error

    def template(self, name: str) -> Template:
        """Load one template, compiled once."""
        return self.environment.get_template(name)

    def words(self, language: str) -> Words:
        """The theme's words in `language`, English where it has no such language."""
        return Words(self._words(language))

    @cache  # noqa: B019  a theme lives as long as a build
    def _words(self, language: str) -> Mapping[str, str]:
        words = {}
        for tag in (FALLBACK_LANGUAGE, language.partition("-")[0].lower(), language.lower()):
            path = self.loader.path(f"words/{tag}.toml")
            if path is not None:
                words.update(tomllib.loads(path.read_text(encoding="utf-8")))
        return words

    @cache  # noqa: B019
    def closure(self, name: str) -> frozenset[str]:
        """Names of all templates that `name` may load, itself included."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in found:
                continue
            found.add(current)
            try:
                path = self.loader.path(current)
                if path is None:
                    continue
                tree = self.environment.parse(path.read_text(encoding="utf-8"))
            except TemplateSyntaxError:
                continue  # rendering tells; the file itself is a dependency already
            for reference in meta.find_referenced_templates(tree):
                waiting.extend([reference] if reference else self.loader.list_templates())
        return frozenset(found)

    def digest(self, names: Iterable[str]) -> str:
        """Hash of everything that rendering the templates `names` can depend on, words included."""
        closure = {"words"}
        for name in names:
            closure |= self.closure(name)
        closure |= {name for name in self.loader.list_templates() if name.startswith("words/")}
        seal = hashlib.blake2b(digest_size=16)
        for name in sorted(closure):
            path = self.loader.path(name)
            content = path.read_bytes() if path else b""
            seal.update(f"{name}\0{len(content)}\0".encode() + content)
        return seal.hexdigest()

    def _fault(self, name: str, error: Exception) -> TemplateFault:
        if isinstance(error, TemplateSyntaxError) and error.filename:
            path, line = Path(error.filename), error.lineno
        elif isinstance(error, TemplateNotFound):
            hint = nearest(str(error.name), self.loader.list_templates())
            return TemplateFault(
                Fault(path=f"templates/{name}", message=f'there is no template "{error.name}"', hint=hint)
            )
        else:
            path, line = self._where(name, error)
        message = (getattr(error, "message", None) or str(error)).rstrip(".")
        return TemplateFault(Fault(path=self._shown(path), line=line, message=message))

    def _where(self, name: str, error: Exception) -> tuple[Path, int]:
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
