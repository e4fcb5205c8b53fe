"""The articles of the benchmark, the same for all three programs, and the sites made of them.

Everything follows from an article's number, so that each run on each machine has the same corpus.
"""

import os
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

WORDS = re.findall(
    r"\S+",
    "clinic patient training practice product supplier evidence result method careful dose record consent "
    "skin licence course teacher question answer week month number list figure report mail letter page "
    "reader the a of and with for from which never always often before after under because while small "
    "large certain better recent several known written spoken shown measured compared kept don't it's",
)
TAGS = tuple(
    f"{kind} {thing}"
    for kind in ("Patient", "Clinic", "Course", "Product")
    for thing in (
        "safety",
        "care",
        "records",
        "law",
        "results",
        "prices",
        "questions",
        "news",
        "letters",
        "skills",
    )
)
FIRST_DAY = date(2010, 1, 1)
PICTURE_SIZE = (1200, 800)
PER_PAGE = 24


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article of about 950 words, with lists, a table, links and a picture."""

    number: int

    @property
    def slug(self) -> str:
        """Its folder."""
        return f"article-{self.number:05}"

    @property
    def title(self) -> str:
        """Its title."""
        return f"Number {self.number}: {_phrase(random.Random(f'title {self.number}'), 5)}"

    @property
    def day(self) -> date:
        """Its date; no two articles share one."""
        return FIRST_DAY + timedelta(days=self.number)

    @property
    def tags(self) -> tuple[str, ...]:
        """Two of forty subjects."""
        return tuple(random.Random(f"tags {self.number}").sample(TAGS, 2))

    @property
    def description(self) -> str:
        """One sentence."""
        return _sentence(random.Random(f"description {self.number}"), 18)

    @cached_property
    def body(self) -> str:
        """Its Markdown; PICTURE stands where the picture's path does."""
        chance = random.Random(self.number)
        blocks = []
        for section in range(6):
            blocks.append(f"## {_phrase(chance, 5)}")
            blocks += [_paragraph(chance, self.number) for _ in range(2)]
            if section == 1:
                blocks.append(_table(chance))
            elif section == 3:
                blocks.append(f"![{_phrase(chance, 8)}](PICTURE)")
            elif section == 4:
                blocks.append("\n".join(f"{place}. {_sentence(chance, 9)}" for place in range(1, 5)))
            else:
                blocks.append("\n".join(f"- {_sentence(chance, 9)}" for _ in range(4)))
        blocks.insert(7, f"> {_sentence(chance, 20)}")
        return "\n\n".join(blocks) + "\n"


def articles(count: int) -> list[Article]:
    """The first `count` articles."""
    return [Article(number=number) for number in range(count)]


def _phrase(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize()


def _sentence(chance: random.Random, length: int) -> str:
    return f"{_phrase(chance, length)}."


def _paragraph(chance: random.Random, number: int) -> str:
    link = f"[{_phrase(chance, 3).lower()}](https://example.com/{number}/{chance.randint(1, 999)})"
    marked = f"*{chance.choice(WORDS)}* and **{chance.choice(WORDS)}**"
    quoted = f'They said: "{_phrase(chance, 8)}."'
    return " ".join(
        [
            _sentence(chance, 16),
            f"See {link}, {marked}.",
            _sentence(chance, 15),
            quoted,
            _sentence(chance, 12),
        ]
    )


def _table(chance: random.Random) -> str:
    rows = [f"| {_phrase(chance, 2)} | {_phrase(chance, 3)} | {chance.randint(1, 999)} |" for _ in range(6)]
    return "\n".join(["| Subject | Finding | Number |", "| --- | --- | ---: |", *rows])


def draw_pictures(folder: Path, count: int) -> list[Path]:
    """Draw `count` different JPEG pictures of 1200 x 800 pixels, with shades and edges as photographs have."""
    from PIL import Image, ImageDraw, ImageFilter

    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        chance = random.Random(f"picture {number}")
        shade = (
            Image.linear_gradient("L")
            .resize(PICTURE_SIZE)
            .rotate(chance.randint(0, 359), resample=Image.Resampling.BILINEAR)
        )
        hues = [Image.effect_noise((60, 40), chance.randint(20, 60)) for _ in range(2)]
        image = Image.merge(
            "RGB", (shade, *(hue.resize(PICTURE_SIZE, Image.Resampling.BICUBIC) for hue in hues))
        )
        canvas = ImageDraw.Draw(image)
        for _ in range(25):
            x, y, size = chance.randint(-100, 1200), chance.randint(-100, 800), chance.randint(20, 300)
            colour = (chance.randint(0, 255), chance.randint(0, 255), chance.randint(0, 255))
            canvas.ellipse((x, y, x + size, y + size * chance.uniform(0.4, 1.6)), fill=colour)
        path = folder / f"{number:05}.jpg"
        image.filter(ImageFilter.GaussianBlur(1)).save(path, quality=85)
        paths.append(path)
    return paths


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _link_picture(picture: Path, target: Path) -> None:
    os.link(picture, target)


# campaigner

CAMPAIGNER_SETTINGS = """\
[site]
name = "The Benchmark"
url = "https://benchmark.example"
description = "Articles that were made to be measured."

[brand]
ink = "#1c1b19"
paper = "#fbfaf7"
accent = "#0f5257"

[sender]
name = "The Benchmark"
address = "mail@benchmark.example"
postal_address = "1 Example Street, Exampletown"
"""


def campaigner_site(root: Path, written: Sequence[Article], pictures: Sequence[Path]) -> None:
    """A workspace: each article with a cover picture and what a sign-up page says."""
    _write(root / "campaigner.toml", CAMPAIGNER_SETTINGS)
    for article in written:
        write_campaign(root, article)
        _link_picture(
            pictures[article.number % len(pictures)], root / "campaigns" / article.slug / "photo.jpg"
        )


def write_campaign(root: Path, article: Article, *, title: str = "", further: str = "") -> None:
    """Write an article, with another title or a `further` paragraph where given."""
    front_matter = [
        f'title: "{title or article.title}"',
        f'description: "{article.description}"',
        f"date: {article.day}",
        f"tags: [{', '.join(article.tags)}]",
        "image: photo.jpg",
        "image_alt: Discs of many colours",
        "landing:",
        f'  headline: "Learn about {article.tags[0].lower()}"',
        "  benefits:",
        "    - One letter a week, and never more",
        "    - Written by people who do the work",
        "    - Out again with one click",
        "  faq:",
        "    - question: What does it cost?",
        "      answer: Nothing.",
        "  form:",
        "    button: Send me the letters",
    ]
    body = article.body.replace("PICTURE", "photo.jpg")
    text = "\n".join(["---", *front_matter, "---", "", body, further])
    _write(root / "campaigns" / article.slug / "article.md", text)


# Hugo

HUGO_SETTINGS = f"""\
baseURL = "https://benchmark.example/"
title = "The Benchmark"
locale = "en"
timeZone = "UTC"
[pagination]
pagerSize = {PER_PAGE}
[taxonomies]
tag = "tags"
[services.rss]
limit = 20
"""
HUGO_TEMPLATES = {
    "baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}"><link rel="canonical" href="{{ .Permalink }}">
{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" href="{{ .RelPermalink }}">{{ end }}</head>
<body><header><a href="/">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "single.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></p>
{{ .Content }}
<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
</article>
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>{{ end }}
""",
    "list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ $pages := .RegularPagesRecursive }}
{{ range (.Paginate $pages).Pages }}<section><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ .Description }}</p></section>{{ end }}
<nav>{{ with .Paginator.Prev }}<a href="{{ .URL }}">Newer</a>{{ end }}
{{ with .Paginator.Next }}<a href="{{ .URL }}">Older</a>{{ end }}</nav>{{ end }}
""",
}


def hugo_site(root: Path, written: Sequence[Article], pictures: Sequence[Path]) -> None:
    """A plain blog of page bundles: posts, pages of posts, tags, feeds, sitemap."""
    _write(root / "hugo.toml", HUGO_SETTINGS)
    for name, text in HUGO_TEMPLATES.items():
        _write(root / "layouts" / "_default" / name, text)
    for article in written:
        write_hugo_post(root, article)
        _link_picture(
            pictures[article.number % len(pictures)], root / "content/posts" / article.slug / "photo.jpg"
        )


def write_hugo_post(root: Path, article: Article, *, title: str = "", further: str = "") -> None:
    """Write an article, with another title or a `further` paragraph where given."""
    head = "\n".join(
        [
            "---",
            f'title: "{title or article.title}"',
            f'description: "{article.description}"',
            f"date: {article.day}",
            f"tags: [{', '.join(article.tags)}]",
            "---",
        ]
    )
    body = article.body.replace("PICTURE", "photo.jpg")
    _write(root / "content/posts" / article.slug / "index.md", f"{head}\n\n{body}\n{further}")


# Pelican

PELICAN_SETTINGS = f"""\
SITENAME = "The Benchmark"
SITEURL = "https://benchmark.example"
AUTHOR = "The Benchmark"
TIMEZONE = "UTC"
PATH = "content"
DEFAULT_PAGINATION = {PER_PAGE}
"""
#: all left out that can be
PELICAN_POSTS_ONLY = f"""\
{PELICAN_SETTINGS}
THEME = "simple"
DIRECT_TEMPLATES = ["index"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


def pelican_site(root: Path, written: Sequence[Article], pictures: Sequence[Path]) -> None:
    """A blog: the posts and the pages that list them, and nothing else."""
    _write(root / "pelicanconf.py", PELICAN_SETTINGS)
    _write(root / "posts_only.py", PELICAN_POSTS_ONLY)
    for article in written:
        head = (
            f"Title: {article.title}\nDate: {article.day}\nTags: {', '.join(article.tags)}\n"
            f"Slug: {article.slug}\nSummary: {article.description}\n"
        )
        folder = root / "content" / article.slug
        _write(folder / "article.md", f"{head}\n{article.body.replace('PICTURE', '{attach}photo.jpg')}")
        _link_picture(pictures[article.number % len(pictures)], folder / "photo.jpg")
