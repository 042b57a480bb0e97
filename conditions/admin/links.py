"""Web addresses of works and organisations that do not lead anywhere any more."""

from typing import Any, cast

from django.conf import settings
from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.accounts.models import Role
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice, Page
from conditions.models import CheckedLink
from conditions.vocabulary import LinkState

ON_A_PAGE = 50


def broken() -> QuerySet[CheckedLink]:
    """The links that count as broken, those longest so first."""
    found = CheckedLink.objects.filter(state=LinkState.BROKEN).select_related("reference", "organisation")
    return found.order_by("fine_at", "pk")


def show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Each broken address, whose it is, what is wrong with it and since when."""
    page = Paginator(broken(), ON_A_PAGE).get_page(request.GET.get("page"))
    links = [(link, link.reference or link.organisation) for link in page]
    context |= {
        "links": [(link, owner, page_of(owner)) for link, owner in links if owner],
        "page": page,
        "is_on": settings.LINK_CHECKS,
        "asked_again": CheckedLink.objects.filter(state=LinkState.DOUBTFUL).count(),
    }
    return TemplateResponse(request, "admin/links.html", context)


cast(BackOffice, admin.site).add_page(
    Page(
        address="broken-links/",
        name="broken-links",
        title="Links broken",
        readers=(Role.EDITOR, Role.PUBLISHER),
        waiting=lambda: broken().count(),
        view=show,
    )
)
