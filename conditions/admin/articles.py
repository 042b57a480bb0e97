"""Articles: the list, the pages in each region, and what can be done with these."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef, Q
from django.db.models.query import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from alsinfo.accounts.models import Role
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, Rows, page_of
from conditions.actions import cataloguing
from conditions.admin import article_deeds, article_lines, bulk, comparing, owning_deeds, retiring_deeds, timeline
from conditions.admin.article_filters import FILTERS, look_of
from conditions.admin.article_panel import Panel
from conditions.admin.new_article import NewArticleForm
from conditions.admin.standing import MOST_OVERDUE_FIRST, with_due
from conditions.models import Article, ConditionName
from organisations.regions import Region

MOST_WORDS = 8


class ArticleList(ChangeList):
    """The list, with what its lines show."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        """The articles chosen, each with what its line shows."""
        return article_lines.with_lines(super().get_queryset(request, exclude_parameters))

    def get_results(self, request: HttpRequest) -> None:
        """The lines know who looks and what day it is there."""
        super().get_results(request)
        for article in self.result_list:
            article.look = look_of(request)


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles: added by editors and publishers, afterwards changed by deeds only."""

    group = "Articles"
    place = 1
    readers = (Role.LEAD,)
    adders = (Role.EDITOR, Role.PUBLISHER)
    deeds = article_deeds.DEEDS | owning_deeds.DEEDS | retiring_deeds.DEEDS
    change_form_template = "admin/conditions/article.html"
    change_list_template = "admin/conditions/articles.html"
    list_display = ("choice", "name", "standing", "review_due", "reviewers", "owner")
    list_display_links = ("name",)
    list_filter = FILTERS
    search_fields = ("condition__name", "condition__names__text")
    search_help_text = "Any name of the condition"
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """With the day the next review is due, by which the list is ordered."""
        return with_due(super().get_queryset(request).select_related("condition", "owner"), look_of(request))

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """The most overdue first."""
        return MOST_OVERDUE_FIRST

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Ours."""
        return ArticleList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with what can be done for many."""
        return super().changelist_view(request, {"title": "Articles", "tasks": bulk.offered(request)})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """By every name, each word somewhere in one of them."""
        for word in search_term.split()[:MOST_WORDS]:
            names = ConditionName.objects.filter(condition=OuterRef("condition"), text__icontains=word)
            queryset = queryset.filter(Q(condition__name__icontains=word) | Q(Exists(names)))
        return queryset, False

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

    @admin.display(description="tick")
    def choice(self, article: Any) -> str:
        """A tick, which belongs to the form below the search."""
        return format_html(
            '<input type="checkbox" form="bulk" name="article" value="{}" aria-label="Choose {}">', article.pk, article
        )

    @admin.display(description="article")
    def name(self, article: Article) -> str:
        """The condition."""
        return str(article)

    @admin.display(description="state")
    def standing(self, article: Any) -> str:
        """What readers get, and what is on its way to them."""
        return article_lines.state_of(article, article.look)

    @admin.display(description="review due")
    def review_due(self, article: Any) -> str:
        """The day of the next review."""
        return article_lines.due_of(article, article.look)

    @admin.display(description="reviewer")
    def reviewers(self, article: Any) -> str:
        """Who is asked, else who signed."""
        return article_lines.reviewers_of(article, article.look)

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
        """The pages, the editions, and what can be done with the article."""
        return Panel(self, thing, person(request)).context()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What happened to the article, in one list."""
        return timeline.show(self, request, self._seen(request, object_id))

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two texts of the article side by side."""
        return comparing.show(self, request, self._seen(request, object_id))

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """One deed for many articles."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return bulk.show(self, request)

    def get_urls(self) -> list[URLPattern]:
        """Also the comparison and the page for many articles."""
        wrap = self.admin_site.admin_view
        own = [
            path("bulk/", wrap(self.bulk_view), name="conditions_article_bulk"),
            path("<path:object_id>/compare/", wrap(require_safe(self.compare_view)), name="conditions_article_compare"),
        ]
        return [*own, *super().get_urls()]

    def _seen(self, request: HttpRequest, object_id: str) -> Article:
        """The article, for those who may see it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found: Article | None = self.get_object(request, unquote(object_id))
        if found is None:
            raise Http404
        return found
