"""Articles: their pages in each region, and what can be done with these."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch
from django.db.models.query import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Button
from alsinfo.admin.forms import RecordForm
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows, page_of
from alsinfo.concurrency import clock_now
from conditions.actions import cataloguing
from conditions.admin.article_deeds import DEEDS
from conditions.models import Article, Condition, Edition, Path, Publication, RegionalArticle
from conditions.page_facts import canonical_slug
from conditions.policies import cataloguing as cataloguing_policies
from conditions.policies import drafting as drafting_policies
from conditions.policies import withdrawing as policies
from conditions.policies.roles import objection_without
from conditions.rendering import article_path
from conditions.vocabulary import LONGEST_INTERVAL_MONTHS, EditionState, PageState, RiskTier
from organisations.regions import Region

SOME_REASON = "to be given"


class NewArticleForm(RecordForm):
    """An article on a condition that has none yet, with its address in each region."""

    condition = forms.ModelChoiceField(Condition.objects.filter(article=None))
    slug_GB = forms.SlugField(label="Address, UK", required=False, max_length=100)
    slug_US = forms.SlugField(
        label="Address, US", required=False, max_length=100, help_text="Empty: the condition’s own."
    )

    class Meta:
        model = Article
        fields = ("condition", "risk_tier", "review_interval_months")

    def clean(self) -> dict[str, Any]:
        """The addresses are free, and the interval is not longer than the risk allows."""
        cleaned = super().clean()
        for region in Region:
            slug = cleaned.get(f"slug_{region.value}") or getattr(cleaned.get("condition"), "slug", "")
            if slug and Path.objects.filter(region=region, slug=slug).exists():
                self.add_error(f"slug_{region.value}", f"The address “{slug}” belongs to another page in this region.")
        tier, months = cleaned.get("risk_tier"), cleaned.get("review_interval_months")
        longest = LONGEST_INTERVAL_MONTHS[RiskTier(tier)] if tier else 0
        if months is not None and tier and not 1 <= months <= longest:
            sentence = f"An article of this risk is reviewed every {longest} months at least."
            self.add_error("review_interval_months", ValidationError(sentence))
        return cleaned


@dataclass(frozen=True)
class PageCard:
    """A regional article with what readers get, and its buttons."""

    page: RegionalArticle
    region: Region
    live: Publication | None
    address: str
    suspension: Any
    buttons: list[Button]


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles: added by editors and publishers, afterwards changed by deeds only."""

    group = "Articles"
    place = 1
    readers = (Role.LEAD,)
    adders = (Role.EDITOR, Role.PUBLISHER)
    deeds = DEEDS
    change_form_template = "admin/conditions/article.html"
    list_display = ("condition", "risk_tier", "uk", "us", "open_edition")
    list_filter = ("risk_tier",)
    search_fields = ("condition__name", "condition__names__text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With what the list shows."""
        live = Prefetch("publications", Publication.objects.filter(ended_at=None), to_attr="live")
        pages = RegionalArticle.objects.prefetch_related(live)
        drafts = Edition.objects.exclude(state=EditionState.CLOSED)
        return (
            super()
            .get_queryset(request)
            .select_related("condition", "owner")
            .prefetch_related(
                Prefetch("regional_articles", pages, to_attr="pages"), Prefetch("editions", drafts, to_attr="open")
            )
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """What an article is made with; afterwards what it is."""
        if obj is None:
            return ["condition", "risk_tier", "review_interval_months", "slug_GB", "slug_US"]
        return ["condition", "owner", "risk_tier", "review_interval_months"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Another form for a new article."""
        if obj is None:
            kwargs["form"] = NewArticleForm
        return super().get_form(request, obj, change, **kwargs)

    @admin.display(description="UK")
    def uk(self, article: Any) -> str:
        """What UK readers get."""
        return in_words(article.pages, Region.GB)

    @admin.display(description="US")
    def us(self, article: Any) -> str:
        """What US readers get."""
        return in_words(article.pages, Region.US)

    @admin.display(description="open edition")
    def open_edition(self, article: Any) -> str:
        """The edition that is being written or reviewed."""
        return "".join(f"Edition {edition.number}: {edition.get_state_display()}" for edition in article.open)

    def write(self, request: HttpRequest, form: Any, rows: Rows) -> Model:
        """Add the article."""
        cleaned = form.cleaned_data
        slugs = {region: cleaned[f"slug_{region.value}"] for region in Region if cleaned[f"slug_{region.value}"]}
        return cataloguing.add_article(
            cleaned["condition"],
            by=person(request),
            risk_tier=cleaned["risk_tier"],
            review_interval_months=cleaned["review_interval_months"],
            slugs=slugs,
        )

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go to the article's page, where its first edition is started."""
        messages.success(request, "The article was added. Start its first edition here.")
        return HttpResponseRedirect(page_of(obj))

    def panel(self, request: HttpRequest, thing: Article) -> dict[str, Any]:
        """The pages, the editions, and the button that starts one."""
        by = person(request)
        objection = drafting_policies.objection_to_start(thing, by=by)
        return {
            "cards": [self._card(page, by) for page in thing.regional_articles.select_related("article__condition")],
            "editions": thing.editions.select_related("started_by"),
            "start": self.button("start", "Start an edition", thing, objection),
        }

    def _card(self, page: RegionalArticle, by: User) -> PageCard:
        region, slug = Region(page.region), canonical_slug(page)
        return PageCard(
            page=page,
            region=region,
            live=page.live_publication(),
            address=article_path(region, slug) if slug else "",
            suspension=policies.open_suspension(page),
            buttons=self._buttons(page, by),
        )

    def _buttons(self, page: RegionalArticle, by: User) -> list[Button]:
        article, initial = page.article, {"region": page.region}
        buttons = []
        if page.state == PageState.LIVE:
            objection = policies.objection_to_suspend(page, by=by, reason=SOME_REASON)
            label = "Take this page down"
            buttons.append(self.button("suspend", label, article, objection, initial=initial, is_grave=True))
        if page.state == PageState.SUSPENDED:
            objection = policies.objection_to_lift(page, by=by, reason=SOME_REASON, today=page.day(clock_now()))
            buttons.append(self.button("lift", "Put this page back", article, objection, initial=initial))
        if page.state in (PageState.LIVE, PageState.SUSPENDED):
            objection = objection_without(by, Role.EDITOR, Role.LEAD)
            buttons.append(self.button("reconfirm", "Ask to confirm the text", article, objection, initial=initial))
        objection = cataloguing_policies.objection_to_catalogue(by=by)
        return [*buttons, self.button("address", "Change the address", article, objection, initial=initial)]


def in_words(pages: list[Any], region: Region) -> str:
    """A page's state with its version and the day its review is due."""
    page = next((page for page in pages if page.region == region), None)
    if page is None:
        return ""
    version = "".join(f" v{publication.sequence}" for publication in page.live)
    due = f", review due {page.next_review_due_on:%-d %B %Y}" if page.next_review_due_on and page.live else ""
    return f"{page.get_state_display()}{version}{due}"
