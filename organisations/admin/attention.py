"""The list of organisations that need attention."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from alsinfo.accounts.models import Role
from alsinfo.admin.records import page_of
from alsinfo.admin.site import BackOffice, Page
from organisations import attention

MOST_SHOWN = 100


def waiting() -> int:
    """How many organisations are to be verified."""
    return attention.to_verify(timezone.now().date())


def needs_attention(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """What is wrong, late or doubtful, rule by rule, each with a link to the organisation."""
    rules = [
        (rule, [(remark, page_of(remark.organisation)) for remark in rule.remarks[:MOST_SHOWN]])
        for rule in attention.rules(timezone.now().date())
    ]
    return TemplateResponse(request, "admin/organisations/attention.html", {**context, "rules": rules})


cast(BackOffice, admin.site).add_page(
    Page(
        address="organisations-to-verify/",
        name="organisations-to-verify",
        title="Organisations that need attention",
        readers=(Role.EDITOR, Role.PUBLISHER, Role.LEAD),
        waiting=waiting,
        view=needs_attention,
    )
)
