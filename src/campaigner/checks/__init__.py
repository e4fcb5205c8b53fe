"""Judges what is made of a campaign before it leaves: one short file a check, all of them listed here."""

from campaigner.checks.accessibility import alt_missing
from campaigner.checks.check import Check, check_of
from campaigner.checks.deliverability import subject_length
from campaigner.checks.merge_fields import (
    mail_large_for_reader,
    merge_field_in_heading,
    merge_field_in_host,
    reader_value_blank,
    reader_value_leftover,
    subject_long_for_reader,
)
from campaigner.checks.site import (
    anchor_broken,
    description_not_unique,
    link_broken,
    link_dead,
    link_unanswered,
    title_not_unique,
)
from campaigner.checks.waivers import (
    waiver_ended,
    waiver_of_nothing,
    waiver_unused,
    waiver_without_reason,
)

#: by group, in the order in which they are told
CHECKS: tuple[Check, ...] = tuple(
    map(
        check_of,
        (
            # the mail arrives
            subject_length,
            # whoever reads gets the same
            alt_missing,
            # each reader gets a right one
            reader_value_blank,
            reader_value_leftover,
            subject_long_for_reader,
            mail_large_for_reader,
            merge_field_in_host,
            merge_field_in_heading,
            # what pages say of each other
            link_broken,
            anchor_broken,
            title_not_unique,
            description_not_unique,
            link_dead,
            link_unanswered,
            # what may be found all the same
            waiver_without_reason,
            waiver_unused,
            waiver_ended,
            waiver_of_nothing,
        ),
    )
)
NAMES = frozenset(check.name for check in CHECKS)
