"""The admin's site: who enters, what it lists, and which of Django's own pages it does without."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from alsinfo.accounts.keeping import is_own
from alsinfo.accounts.models import Role
from alsinfo.admin.permissions import has_one_of, person
from alsinfo.admin.records import RecordAdmin
from alsinfo.admin.turned_away import keep_for_later, not_saved
from alsinfo.admin.work import Line, Waiting

GROUPS = ("Articles", "Review", "Organisations", "People", "The record")
LEFT_OUT = {"autocomplete", "view_on_site"}  # both answer with the names of things their caller may not see


@dataclass(frozen=True)
class Page:
    """A page about no single model, linked from the first page, if things wait there with how much; superusers read it.

    `view` gets the request and the context of the admin's pages, `act` a POST, where there is something to press;
    `address` comes after the admin's own.
    """

    address: str
    name: str
    title: str
    readers: tuple[Role, ...]
    waiting: Callable[[], int] | None
    view: Callable[[HttpRequest, dict[str, Any]], HttpResponse]
    act: Callable[[HttpRequest, dict[str, Any]], HttpResponse] | None = None

    def is_for(self, request: HttpRequest) -> bool:
        """Whether the person behind the request may read it."""
        return person(request).is_superuser or has_one_of(request, self.readers)


class BackOffice(AdminSite):
    """Shows only what a `RecordAdmin` guards; people sign in where everybody does."""

    site_title = site_header = settings.PUBLISHER_NAME
    index_title = "Your work"
    site_url = "/"
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self._actions.clear()
        self._global_actions.clear()
        self._pages: list[Page] = []
        self._lines: list[Line] = []

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: type[ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Take a model with a class of ours; what Django's own apps register with one of theirs stays out."""
        if admin_class is not None and issubclass(admin_class, RecordAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's guard; what somebody typed who is not let in, or not any more, is not lost."""
        guarded: Callable[..., HttpResponseBase] = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST" or not is_own(request):
                return guarded(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(keep_for_later(request), settings.LOGIN_URL)
            try:
                response = guarded(request, *args, **kwargs) if self.has_permission(request) else None
            except PermissionDenied:
                response = None
            return response or not_saved(request, self.each_context(request))

        return update_wrapper(inner, view)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The way to the one page where people sign in; a person without access is told so."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next", reverse("admin:index", current_app=self.name))
        return redirect_to_login(wanted, settings.LOGIN_URL)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The way to the one page where passwords are changed."""
        return HttpResponseRedirect(reverse("account_change_password"))

    def add_page(self, page: Page) -> None:
        """Take a page about no single model."""
        self._pages.append(page)

    def add_line(self, line: Line) -> None:
        """Take a kind of work that the first page counts."""
        self._lines = sorted([*self._lines, line], key=lambda each: each.place)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What waits for the person, below it the lists."""
        found = [(page, page.waiting() if page.waiting else None) for page in self._pages if page.is_for(request)]
        return super().index(request, {**(extra_context or {}), "waiting": found, "work": self._work(request)})

    def _work(self, request: HttpRequest) -> list[Waiting]:
        """What the person's own roles act on, where there is something."""
        lines = [line for line in self._lines if has_one_of(request, line.readers)]
        found = [line.found_for(person(request)) for line in lines]
        return [waiting for waiting in found if waiting.count]

    def page_view(self, request: HttpRequest, page: Page) -> HttpResponse:
        """A page about no single model, for its readers."""
        if not page.is_for(request):
            raise PermissionDenied
        answer = page.act if page.act and request.method == "POST" else page.view
        return answer(request, {**self.each_context(request), "title": page.title})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Django's addresses without those that name things to whoever asks."""
        own = [
            path(page.address, self.admin_view(_methods(page)(partial(self.page_view, page=page))), name=page.name)
            for page in self._pages
        ]
        return [*own, *(url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT)]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The lists a person may see, by what they are for."""
        if app_label is not None:
            return super().get_app_list(request, app_label)
        groups: dict[str, list[Any]] = {group: [] for group in GROUPS}
        for app in self._build_app_dict(request).values():
            for model in app["models"]:
                groups[self._group_of(model["model"])].append(model)
        return [
            {
                "name": name,
                "app_label": name.lower().replace(" ", "-"),
                "app_url": reverse("admin:index", current_app=self.name),
                "has_module_perms": True,
                "models": sorted(models, key=lambda model: self._registry[model["model"]].place),  # type: ignore[attr-defined]
            }
            for name, models in groups.items()
            if models
        ]

    def _group_of(self, model: type[Model]) -> str:
        return str(self._registry[model].group)  # type: ignore[attr-defined]


def _methods(page: Page) -> Callable[[Any], Any]:
    return require_http_methods(["GET", "HEAD", "POST"]) if page.act else require_safe
