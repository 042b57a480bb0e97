"""What an article page shows of the record, as plain facts for rendering."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from conditions.article_facts import CorrectionFact, DeferralFact
from conditions.content.canonical import canonical_text, digest
from conditions.content.freshness import Freshness, freshness, in_words
from conditions.content.links import PageLink
from conditions.content.retractions import Standing
from conditions.models import Correction, Edition, Path, Publication, RegionalArticle, SignOff
from conditions.models.desk import contents_of
from conditions.models.pictures import inline_address
from conditions.models.retractions import standings, works_of
from conditions.policies.deferring import standing_deferral
from conditions.policies.linking import destinations
from conditions.reading_facts import readers_of
from conditions.rendering import ArticlePage, SignatureFact, article_path, reviewer_path
from conditions.vocabulary import Notice, PageState, Register, Scope
from organisations.facts import OrganisationFact, fact_of, organisation_path
from organisations.models import Shown
from organisations.regions import Region

REGISTER_PAGES = {
    Register.GMC: "https://www.gmc-uk.org/registrants/{number}",
    Register.NMC: "https://www.nmc.org.uk/registration/search-the-register/",
    Register.GPHC: "https://www.pharmacyregulation.org/registers",
    Register.HCPC: "https://www.hcpc-uk.org/check-the-register/",
    Register.NPI: "https://npiregistry.cms.hhs.gov/provider-view/{number}",
}


def page_of_publication(publication: Publication, beneath: Sequence[SignOff] | None = None) -> ArticlePage:
    """The page of a live publication, without a notice about its age; `beneath` is what it rests on, if known."""
    page, content = publication.regional_article, publication.revision.content
    beneath = publication.rests_on() if beneath is None else beneath
    sources = standings(works_of(content))
    return ArticlePage(
        region=Region(page.region),
        slug=canonical_slug(page),
        content=content,
        digest=publication.revision_id,
        version=publication.sequence,
        change_note=publication.change_note.text,
        signatures=tuple(signature_fact(item) for item in beneath),
        organisations=organisation_facts(content),
        first_published_on=page.publications.order_by("sequence").values_list("published_on", flat=True).first(),
        last_changed_on=_last_changed_on(publication),
        last_reviewed_on=page.last_reviewed_on,
        next_review_due_on=page.next_review_due_on,
        notice=Notice.NONE,
        other_region_url=other_region_url(page),
        readers=readers_of(publication),
        pages=page_addresses(content),
        sources=sources,
        freshness=freshness_of(publication, sources, beneath),
        corrections=corrections_of(page),
        deferral=_deferral_of(page),
    )


def page_of_version(publication: Publication) -> ArticlePage:
    """The page of any version as it was signed; it has no review due, and what is known of its sources is of today."""
    whole = [each.signed_on for each in publication.rests_on() if each.scope == Scope.WHOLE_PAGE]
    shown = page_of_publication(publication)
    return replace(shown, last_reviewed_on=max(whole, default=None), next_review_due_on=None, freshness=None)


def page_of_content(
    page: RegionalArticle, content: Mapping[str, Any], digest: str, *, version: int, preview: str
) -> ArticlePage:
    """A page of a text that is not published, as its readers would get it, under a banner that says so."""
    return ArticlePage(
        region=Region(page.region),
        slug=canonical_slug(page),
        content=content,
        digest=digest,
        version=version,
        change_note="",
        signatures=(),
        organisations=organisation_facts(content),
        first_published_on=None,
        last_changed_on=None,
        last_reviewed_on=page.last_reviewed_on,
        next_review_due_on=page.next_review_due_on,
        notice=Notice.NONE,
        other_region_url=other_region_url(page),
        preview=preview,
        pages=page_addresses(content),
        sources=standings(works_of(content)),
        picture_address=inline_address([content]),
    )


def page_of_draft(edition: Edition, region: Region) -> ArticlePage:
    """The page of an edition as it is now, as readers in a region would get it, under a banner that says so."""
    page = edition.article.regional_articles.get(region=region)
    content = contents_of(edition)[region]
    shown = page_of_content(
        page,
        content,
        digest(canonical_text(content)),
        version=page.publications.count() + 1,
        preview=f"Preview of edition {edition.number} for {region.label} readers: not signed, not public.",
    )
    return replace(shown, change_note=edition.change_note)


def corrections_of(page: RegionalArticle) -> tuple[CorrectionFact, ...]:
    """Every correction readers of a page were told, newest first."""
    found = Correction.objects.filter(publication__regional_article=page).select_related("publication")
    return tuple(
        CorrectionFact(each.text, each.since, each.publication.published_on, each.publication.sequence)
        for each in found.order_by("-publication__sequence")
    )


def _deferral_of(page: RegionalArticle) -> DeferralFact | None:
    found = standing_deferral(page)
    return DeferralFact(found.reason, found.until) if found else None


def freshness_of(publication: Publication, sources: Mapping[str, Standing], beneath: Iterable[SignOff]) -> Freshness:
    """Who reviewed the whole page last, how old its sources were then, and what is known of retractions."""
    works, reviewed_on = works_of(publication.revision.content), publication.regional_article.last_reviewed_on
    whole = [each for each in beneath if each.scope == Scope.WHOLE_PAGE]
    checked_by = in_words(each.role_title for each in whole if each.signed_on == reviewed_on)
    return freshness(works, sources, reviewed_on if checked_by else None, checked_by)


def signature_fact(signature: SignOff) -> SignatureFact:
    """A signature as it was made, with a link to the register it names."""
    return SignatureFact(
        printed_name=signature.printed_name,
        post_nominals=signature.post_nominals,
        role_title=signature.role_title,
        registration=signature.registration,
        register_url=register_page_of(signature.registration),
        signed_on=signature.signed_on,
        scope=Scope(signature.scope).label,
        interests=signature.interests,
        reviewer_url=reviewer_path(Region(signature.regional_article.region), signature.reviewer.slug),
    )


def register_page(register: str, number: str) -> str:
    """The page of a public register where a number is found, or is looked for."""
    return REGISTER_PAGES[Register(register)].format(number=number)


def register_page_of(registration: str) -> str:
    """The page of the register that a registration such as "GMC 0000001" names."""
    register, _, rest = registration.partition(" ")
    return register_page(register, rest.partition(",")[0])


def organisation_facts(content: Mapping[str, Any]) -> tuple[OrganisationFact, ...]:
    """What readers see of the organisations a content lists: the whole region first, then by name."""
    region = Region(content["region"])
    whys = {listing["organisation"]: listing["why"] for listing in content["listings"]}
    found = list(Shown.objects.filter(organisation__uuid__in=whys).select_related("organisation"))
    found.sort(key=lambda shown: (f",{region.value}," not in shown.areas, shown.order))
    return tuple(fact_of(shown, region, whys[str(shown.organisation.uuid)]) for shown in found)


def page_addresses(content: Mapping[str, Any]) -> dict[str, str]:
    """Where the links between pages of a content lead its readers now, by what is typed; the others are words."""
    found = destinations(content).items()
    return {link.address: page_address(link, to.slug, Region(content["region"])) for link, to in found if to.slug}


def page_address(link: PageLink, slug: str, region: Region) -> str:
    """The address of a page."""
    return article_path(region, slug) if link.kind == "condition" else organisation_path(region, slug)


def canonical_slug(page: RegionalArticle) -> str:
    """The page's own address part, or nothing while it has none."""
    return page.paths.filter(is_canonical=True).values_list("slug", flat=True).first() or ""


def _last_changed_on(publication: Publication) -> Any:
    """When readers first got this text without a break; a re-confirmation changes nothing."""
    changed_on = publication.published_on
    earlier = publication.regional_article.publications.filter(sequence__lt=publication.sequence)
    for before in earlier.order_by("-sequence"):
        if before.revision_id != publication.revision_id:
            break
        changed_on = before.published_on
    return changed_on


def other_region_url(page: RegionalArticle) -> str | None:
    """The address of the same article in the other region, if readers get it there."""
    other = Region(page.region).other
    path = Path.objects.filter(
        regional_article__article=page.article_id,
        regional_article__state=PageState.LIVE,
        region=other,
        is_canonical=True,
    ).first()
    return article_path(other, path.slug) if path else None
