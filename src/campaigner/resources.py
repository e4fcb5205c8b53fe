"""Where the files are that come with the program: the theme and the starter campaign."""

from pathlib import Path

PACKAGE = Path(__file__).parent
REPOSITORY = PACKAGE.parent.parent


def theme_folder() -> Path:
    """Give the folder of the theme: inside the wheel, or `templates/` of the repository."""
    installed = PACKAGE / "theme"
    return installed if installed.is_dir() else REPOSITORY / "templates"


def starter_folder() -> Path:
    """Give the folder of the campaign that `init` and `new` copy."""
    installed = PACKAGE / "starter"
    return installed if installed.is_dir() else REPOSITORY / "campaigns" / "starter"
