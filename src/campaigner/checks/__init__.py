"""Judges what is made of a campaign before it leaves: one short file a check, all of them listed here."""

from campaigner.checks.accessibility import alt_missing
from campaigner.checks.check import Check, check_of
from campaigner.checks.claims import (
    claim_without_source,
    source_past_review,
    source_unaddressed,
    source_uncited,
    source_undated,
)
from campaigner.checks.consistency import (
    call_to_action,
    newsletter_numbers,
    offer_deadline,
    offer_price,
    title_unlike,
    web_version_unlike,
)
from campaigner.checks.deliverability import subject_length
from campaigner.checks.policy import policy_disclosure, policy_term, policy_wording
from campaigner.checks.search import (
    canonical,
    dates_in_order,
    description_length,
    description_missing,
    keyword_stuffing,
    offer_dates,
    offer_ended,
    share_image,
    slug_length,
    slug_wording,
    structured_data,
    tags_many,
    thin_content,
    title_length,
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
            # three outputs say the same
            call_to_action,
            offer_price,
            offer_deadline,
            title_unlike,
            newsletter_numbers,
            web_version_unlike,
            # it is found, and passed on
            title_length,
            description_missing,
            description_length,
            canonical,
            share_image,
            structured_data,
            dates_in_order,
            offer_dates,
            offer_ended,
            slug_length,
            slug_wording,
            thin_content,
            keyword_stuffing,
            tags_many,
            # claims have sources
            claim_without_source,
            source_undated,
            source_unaddressed,
            source_past_review,
            source_uncited,
            # the law
            policy_term,
            policy_wording,
            policy_disclosure,
        ),
    )
)
