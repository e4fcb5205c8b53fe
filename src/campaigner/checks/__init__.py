"""Judges what is made of a campaign before it leaves: one short file a check, all of them listed here."""

from campaigner.checks.accessibility import alt_missing
from campaigner.checks.check import Check, check_of
from campaigner.checks.deliverability import subject_length
from campaigner.checks.mail_programs import (
    background_without_colour,
    blank_first_frame,
    button_padding,
    doctype_missing,
    head_styles_too_large,
    layout_table_role,
    link_around_table,
    mail_clipped,
    mail_large,
    mail_title_missing,
    nested_at_rules,
    not_inlined,
    preheader_missing,
    unsupported_at_rule,
    unsupported_attribute,
    unsupported_element,
    unsupported_picture,
    unsupported_property,
    unsupported_value,
    web_font_without_fallback,
)

#: by group, in the order in which they are told
CHECKS: tuple[Check, ...] = tuple(
    map(
        check_of,
        (
            # the mail looks right in the programs of its readers
            unsupported_element,
            unsupported_attribute,
            unsupported_property,
            unsupported_value,
            unsupported_at_rule,
            unsupported_picture,
            head_styles_too_large,
            nested_at_rules,
            not_inlined,
            mail_large,
            mail_clipped,
            doctype_missing,
            mail_title_missing,
            preheader_missing,
            layout_table_role,
            link_around_table,
            background_without_colour,
            web_font_without_fallback,
            blank_first_frame,
            button_padding,
            # the mail arrives
            subject_length,
            # whoever reads gets the same
            alt_missing,
        ),
    )
)
