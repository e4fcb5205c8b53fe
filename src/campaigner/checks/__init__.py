"""Judges what is made of a campaign before it leaves: one short file a check, all of them listed here."""

from campaigner.checks.accessibility import (
    alt_file_name,
    alt_missing,
    alt_repeats_caption,
    alt_says_image,
    button_empty,
    contrast,
    direction_wrong,
    field_autocomplete,
    field_unlabelled,
    frame_untitled,
    heading_empty,
    heading_fake,
    heading_one,
    heading_order,
    hidden_control,
    id_duplicate,
    id_reference,
    language_missing,
    link_empty,
    link_text_ambiguous,
    link_text_vague,
    tabindex_positive,
    table_headers,
    target_small,
    text_moving,
    text_small,
    title_missing,
    zoom_forbidden,
)
from campaigner.checks.check import Check, check_of
from campaigner.checks.deliverability import subject_length

#: by group, in the order in which they are told
CHECKS: tuple[Check, ...] = tuple(
    map(
        check_of,
        (
            # the mail arrives
            subject_length,
            # whoever reads gets the same
            language_missing,
            direction_wrong,
            title_missing,
            heading_one,
            heading_order,
            heading_empty,
            heading_fake,
            alt_missing,
            alt_file_name,
            alt_says_image,
            alt_repeats_caption,
            link_empty,
            link_text_vague,
            link_text_ambiguous,
            button_empty,
            contrast,
            text_small,
            text_moving,
            zoom_forbidden,
            target_small,
            table_headers,
            field_unlabelled,
            field_autocomplete,
            frame_untitled,
            hidden_control,
            tabindex_positive,
            id_duplicate,
            id_reference,
        ),
    )
)
