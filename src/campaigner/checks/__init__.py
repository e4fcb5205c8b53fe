"""Judges what is made of a campaign before it leaves: one short file a check, all of them listed here."""

from campaigner.checks.accessibility import (
    alt_missing,
)
from campaigner.checks.check import Check, check_of
from campaigner.checks.deliverability import (
    from_domain,
    image_heavy,
    link_bare_ip,
    link_shortener,
    link_text_address,
    postal_address_missing,
    preheader_length,
    preheader_repeats_subject,
    spam_phrases,
    spamassassin_score,
    subject_capitals,
    subject_fake_reply,
    subject_length,
    subject_punctuation,
    subject_short,
    text_missing,
    text_unlike_html,
    unsubscribe_missing,
    view_in_browser_missing,
)
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
            subject_short,
            subject_capitals,
            subject_fake_reply,
            subject_punctuation,
            preheader_length,
            preheader_repeats_subject,
            spam_phrases,
            text_missing,
            text_unlike_html,
            image_heavy,
            link_text_address,
            link_shortener,
            link_bare_ip,
            postal_address_missing,
            unsubscribe_missing,
            view_in_browser_missing,
            from_domain,
            spamassassin_score,
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
