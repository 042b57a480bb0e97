"""One deed for many articles: what would happen to each and why not, then what happened to each.

Each step is an action of its own, as if pressed one by one: nothing is signed, published or deleted here.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from alsinfo.admin.permissions import has_one_of, person
from alsinfo.admin.records import RecordAdmin
from alsinfo.refusals import Refusal
from conditions.admin.bulk_tasks import TASKS, Step, Task
from conditions.models import Article

AT_ONCE = 100
MOST = 20_000
LIST_QUERY = ("q", "state", "due", "reviewer", "region", "mine")


def offered(request: HttpRequest) -> Mapping[str, Task]:
    """The tasks that the person's roles allow."""
    return {name: task for name, task in TASKS.items() if has_one_of(request, task.roles)}


def show(office: RecordAdmin, request: HttpRequest) -> HttpResponse:
    """Ask what is needed, show what would happen, do it; after each hundred the next."""
    asked = request.POST or request.GET
    task, keys = offered(request).get(asked.get("what", "")), chosen(office, request)
    if task is None or not keys:
        messages.warning(request, "Tick the articles first, and choose what to do with them.")
        return HttpResponseRedirect(reverse("admin:conditions_article_changelist"))
    now, later = keys[:AT_ONCE], keys[AT_ONCE:]
    is_sent = request.method == "POST" and "step" in request.POST
    form = task.form(request.POST if is_sent or not task.asks else None)
    context: dict[str, Any] = {
        **office.admin_site.each_context(request),
        "title": task.label,
        "opts": office.opts,
        "what": asked["what"],
        "form": form,
        "task": task,
        "count": f"{len(keys):,}",
        "keys": ",".join(map(str, keys)),
        "later": len(later),
        "later_keys": ",".join(map(str, later)),
    }
    if is_sent and form.is_valid():
        steps = task.steps(_in_order(now), form.cleaned_data, person(request))
        if request.POST["step"] == "do":
            context["done"] = [(step, _do(step)) for step in steps]
        else:
            context |= {"steps": steps, "possible": sum(step.objection is None for step in steps)}
    return TemplateResponse(request, "admin/conditions/bulk.html", context)


def chosen(office: RecordAdmin, request: HttpRequest) -> list[int]:
    """The articles' numbers, in the order of the list: those ticked, or all that the list's query finds."""
    if "keys" in request.POST:
        return _numbers(request.POST["keys"].split(","))
    if "all" not in request.GET:
        return _numbers(request.GET.getlist("article"))
    listed = _as_list(request)
    found = office.get_changelist_instance(listed).get_queryset(listed)
    return list(found.prefetch_related(None).values_list("pk", flat=True)[:MOST])


def _as_list(request: HttpRequest) -> HttpRequest:
    """The request as the list would get it, without what this page is told besides."""
    query = QueryDict(mutable=True)
    for name in LIST_QUERY:
        if name in request.GET:
            query[name] = request.GET[name]
    request.GET = query  # type: ignore[assignment]
    return request


def _numbers(words: list[str]) -> list[int]:
    found = (int(word) for word in words[:MOST] if word.isascii() and word.isdecimal() and len(word) < 10)
    return list(dict.fromkeys(found))


def _in_order(keys: list[int]) -> list[Article]:
    found = Article.objects.select_related("condition", "owner").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _do(step: Step) -> Refusal | None:
    """Do it if it can be done; why it was not. Asked again under the action's own locks."""
    if step.objection is not None or step.act is None:
        return step.objection
    try:
        step.act()
    except Refusal as refusal:
        return refusal
    return None
