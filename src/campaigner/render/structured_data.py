"""Structured data for search engines: JSON-LD in the vocabulary of schema.org."""

from collections.abc import Iterable
from typing import Any

from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Author
from campaigner.model.pages import Reference, ShareImage
from campaigner.render.publication import Publication


def article_data(
    publication: Publication,
    campaign: Campaign,
    *,
    page: str,
    description: str,
    language: str,
    image: ShareImage | None,
    references: Iterable[Reference],
) -> dict[str, Any]:
    """An Article with authors, dates, picture and citations (https://schema.org/Article)."""
    meant = campaign.front_matter
    published = meant.date or meant.publish_date
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": meant.title,
        "description": description,
        "inLanguage": language,
        "mainEntityOfPage": meant.canonical_url or publication.url(page),
        "datePublished": str(published) if published else "",
        "dateModified": str(meant.updated or published or ""),
        "author": [_author(publication, author) for author in meant.authors] or _organisation(publication),
        "publisher": _organisation(publication),
        "image": [image.url] if image else [],
        "keywords": list(meant.tags),
        "citation": [_work(reference) for reference in references],
    }
    return {name: value for name, value in data.items() if value}


def site_data(publication: Publication) -> dict[str, Any]:
    """The publication itself (https://schema.org/WebSite)."""
    site = publication.settings.site
    data = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "description": site.description,
        "url": publication.base_url,
        "inLanguage": site.language,
    }
    return {name: value for name, value in data.items() if value}


def questions_data(
    publication: Publication, campaign: Campaign, *, page: str, language: str
) -> dict[str, Any]:
    """A sign-up page and the questions it answers (https://schema.org/FAQPage)."""
    landing = campaign.front_matter.landing
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage" if landing.faq else "WebPage",
        "name": landing.headline or campaign.front_matter.title,
        "url": publication.url(page),
        "inLanguage": language,
    }
    if landing.faq:
        data["mainEntity"] = [
            {
                "@type": "Question",
                "name": one.question,
                "acceptedAnswer": {"@type": "Answer", "text": one.answer},
            }
            for one in landing.faq
        ]
    return data


def _author(publication: Publication, author: Author) -> dict[str, str]:
    """A person, or an organisation where the article says so or the publication itself is meant."""
    if author.name == publication.settings.site.name:
        return _organisation(publication) | ({"url": author.url} if author.url else {})
    kind, role = ("Person", "jobTitle") if author.person else ("Organization", "description")
    data = {"@type": kind, "name": author.name, "url": author.url or "", role: author.role}
    return {key: value for key, value in data.items() if value}


def _organisation(publication: Publication) -> dict[str, str]:
    return {"@type": "Organization", "name": publication.settings.site.name, "url": publication.base_url}


def _work(reference: Reference) -> dict[str, Any]:
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": reference.title,
        "url": reference.url,
        "datePublished": reference.date.iso if reference.date else "",
    }
    by = reference.author or reference.publisher
    if by:
        work["author"] = {"@type": "Organization", "name": by}
    return {name: value for name, value in work.items() if value}
