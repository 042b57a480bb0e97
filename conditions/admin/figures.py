"""The page of figures: charts where people would rather look than read, each with its table."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from alsinfo.admin.site import BackOffice, Page
from conditions.admin import charted
from conditions.admin.queue_pages import READERS, filters, scope_of


def show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Four charts."""
    scope = scope_of(request)
    drawn = (charted.share, charted.due, charted.days_in_review, charted.share_by_owner)
    return TemplateResponse(
        request, "admin/figures.html", {**context, "charts": [chart(scope) for chart in drawn], **filters(scope)}
    )


cast(BackOffice, admin.site).add_page(
    Page(address="figures/", name="figures", title="Figures", readers=READERS, waiting=None, view=show)
)
