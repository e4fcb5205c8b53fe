"""What a build is asked for."""

import os
from pathlib import Path

from campaigner.value import Value, field


class Options(Value):
    """What `campaigner build` was told."""

    #: the folder that site/ and mail/ go into, absolute
    output: Path
    #: only these campaigns; all where empty
    slugs: tuple[str, ...] = ()
    drafts: bool = False
    future: bool = False
    #: render everything anew
    force: bool = False
    #: say of what is kept why it is
    explain: bool = False
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    #: instead of site.url; empty for that
    base_url: str = ""
    #: whose merge tags the mail has; one of render.merge_tags.DIALECTS
    merge_tags: str = "campaigner"
    #: a place for trying: its pages ask search engines to leave them out
    is_staging: bool = False

    @property
    def lasting(self) -> str:
        """What must be the same in two builds for the second to believe the first."""
        return repr((self.drafts, self.future, self.base_url, self.merge_tags, self.is_staging))
