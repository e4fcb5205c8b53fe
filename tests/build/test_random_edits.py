"""Whatever is edited in whatever order: output and findings are those of a build and a review from nothing."""

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from campaigner.errors import CampaignerError
from publisher import FILES, NOW, Publisher, article, condition, picture

FOLDERS = st.sampled_from(["one", "two", "three"])
TITLES = st.sampled_from(["Spring", "Summer & autumn", "Größe"])
TEXTS = st.sampled_from(
    ["Hello.", "Hello [@cited].", "![A field](field.png)", "![A field](field.png){.decorative}", "## A\n\nB"]
)
TAGS = st.sampled_from(["[]", "[shared]", "[Shared, other]", "[other]"])
DAYS = st.integers(-3, 3).map(lambda days: (NOW + timedelta(days=days)).date().isoformat())
SLUGS = st.sampled_from(["", "slug: own-{}\n"])
ALIASES = st.sampled_from(["", "aliases: [/old-{}.html]\n", "aliases: [/old-{}.html/]\n"])
FAULTS = {
    "a date that is none": ("campaigns/one/article.md", article("One", date="2024-13-45")),
    "a picture that is not there": ("campaigns/one/article.md", article("One", "![A](nowhere.png)")),
    "a template with a fault": ("templates/blog/index.html", "{{ nothing.at.all }}"),
    "settings that are none": ("campaigner.toml", "[site\n"),
}


class Edits(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="edits-"))
        self.publisher = Publisher(root=self.folder / "workspace")
        for path in ("campaigner.toml", "sources.yaml", "privacy.md", "logo.png"):
            self.publisher.write(path, FILES[path])
        self.put("one", "Spring", "Hello.", "[shared]", "2026-11-20", "", "", draft=False)
        self.publisher.build()
        self.builds = 0

    def teardown(self) -> None:
        try:
            self.build_and_compare()
        finally:
            shutil.rmtree(self.folder)

    @rule(
        folder=FOLDERS,
        title=TITLES,
        text=TEXTS,
        tags=TAGS,
        day=DAYS,
        slug=SLUGS,
        alias=ALIASES,
        draft=st.booleans(),
    )
    def put(
        self, folder: str, title: str, text: str, tags: str, day: str, slug: str, alias: str, *, draft: bool
    ) -> None:
        extra = (slug + alias).format(folder, folder)
        head = f"title: {title}\ndate: {day}\ntags: {tags}\ndraft: {str(draft).lower()}\n{extra}"
        self.publisher.write(f"campaigns/{folder}/field.png", picture("green"))
        self.publisher.write(f"campaigns/{folder}/article.md", f"---\n{head}---\n\n{text}\n")

    @rule(folder=FOLDERS)
    def remove(self, folder: str) -> None:
        if len(list((self.publisher.root / "campaigns").iterdir())) > 1:
            shutil.rmtree(self.publisher.root / "campaigns" / folder, ignore_errors=True)

    @rule(folder=FOLDERS, colour=st.sampled_from(["green", "olive"]))
    def paint(self, folder: str, colour: str) -> None:
        if (self.publisher.root / "campaigns" / folder).exists():
            self.publisher.write(f"campaigns/{folder}/field.png", picture(colour))

    @rule(title=TITLES)
    def cite(self, title: str) -> None:
        self.publisher.edit("sources.yaml", "A study", f"A study of {title},")

    @rule(name=st.sampled_from(["robots.txt", "feed.xml"]), remark=st.sampled_from([None, "", "more"]))
    def override(self, name: str, remark: str | None) -> None:
        from campaigner.resources import theme_folder

        file = self.publisher.root / "templates/feeds" / name
        if remark is None:
            file.unlink(missing_ok=True)
        else:
            self.publisher.write(
                f"templates/feeds/{name}",
                (theme_folder() / "feeds" / name).read_text() + f"<!-- {remark} -->\n",
            )

    @rule(days=st.integers(-4, 4))
    def wait(self, days: int) -> None:
        self.publisher.now = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(days=days)

    @rule(drafts=st.booleans(), future=st.booleans())
    def choose(self, *, drafts: bool, future: bool) -> None:
        self.publisher.options = {"drafts": drafts, "future": future}

    @rule(fault=st.sampled_from(sorted(FAULTS)))
    def fail(self, fault: str) -> None:
        """A fault keeps the output as it is, and leaves no trace once it is mended."""
        path, content = FAULTS[fault]
        file = self.publisher.root / path
        kept = file.read_bytes() if file.exists() else None
        self.publisher.write(path, content)
        before = condition(self.publisher.output)
        with pytest.raises(CampaignerError):
            self.publisher.build()
        assert condition(self.publisher.output) == before
        if kept is not None:
            file.write_bytes(kept)
        elif file.name == "article.md":
            shutil.rmtree(file.parent)
        else:
            file.unlink()

    @rule(folder=FOLDERS)
    def build_one(self, folder: str) -> None:
        file = self.publisher.root / "campaigns" / folder / "article.md"
        if file.exists():
            self.publisher.build(slugs=(f"own-{folder}" if "slug:" in file.read_text() else folder,))

    @rule(victim=st.integers(0, 1000))
    def lose(self, victim: int) -> None:
        files = sorted(file for file in self.publisher.output.rglob("*") if file.is_file())
        if files:
            files[victim % len(files)].unlink()

    @rule()
    def build_and_compare(self) -> None:
        self.publisher.build()
        self.builds += 1
        fresh = self.publisher.copied(self.folder / f"fresh-{self.builds}")
        fresh.build()
        wanted, found = fresh.tree(), self.publisher.tree()
        assert sorted(found) == sorted(wanted)
        assert [path for path in wanted if wanted[path] != found[path]] == []
        assert self.publisher.review() == fresh.review(), "what is remembered of a review holds"


TestRandomEdits = Edits.TestCase
TestRandomEdits.settings = settings(
    max_examples=6,
    stateful_step_count=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
