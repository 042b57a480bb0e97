"""The page on which staff take an article's page down, three taps from the article: a link, a reason, a button."""

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alsinfo.accounts.forms import form_helper, send_to
from alsinfo.accounts.models import User
from alsinfo.refusals import Refusal
from conditions.actions import withdrawing
from conditions.desk.access import forget, keep, kept
from conditions.models import RegionalArticle
from conditions.policies import withdrawing as policies
from conditions.rendering import article_path
from conditions.vocabulary import PageState
from organisations.regions import Region, region_of

SOME_REASON = "to be given"


class TakeDownForm(forms.Form):
    """Why nobody should rely on the page."""

    reason = forms.CharField(
        max_length=500,
        label="Why",
        help_text="Readers see it at the page’s address.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why, in a sentence for readers."},
    )

    def __init__(self, **kwargs: object) -> None:
        super().__init__(auto_id="page-%s", **kwargs)  # type: ignore[arg-type]
        self.helper = form_helper("Take this page down", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: HttpRequest, region_slug: str, slug: str) -> HttpResponse:
    """Why, and a button, for publishers, leads and who signed the page; a POST takes it down at once."""
    person = request.user
    if not isinstance(person, User):
        keep(request)
        return redirect_to_login(request.path)
    region = region_of(region_slug)
    page = _page(region, slug)
    objection = policies.objection_to_suspend(page, by=person, reason=SOME_REASON) if page else None
    if page is None or objection:
        return _refused(request, page, objection)
    if request.method != "POST":
        return _show(request, page, TakeDownForm(initial=kept(request)))
    form = TakeDownForm(data=request.POST)
    if not form.is_valid():
        return _show(request, page, form, 400)
    try:
        withdrawing.suspend(page, by=person, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        form.add_error("reason", str(refusal))
        return _show(request, page, form, refusal.status)
    forget(request)
    messages.success(request, "The page is down. Publishers and clinical leads were told.")
    return redirect("desk:take-down", region_slug, slug)


def _page(region: Region, slug: str) -> RegionalArticle | None:
    """The page with this address, if readers ever got it."""
    found = RegionalArticle.objects.filter(paths__region=region, paths__slug=slug)
    return found.exclude(state=PageState.UNPUBLISHED).select_related("article__condition").first()


def _refused(request: HttpRequest, page: RegionalArticle | None, objection: Refusal | None) -> HttpResponse:
    """The same for whoever may not, whether or not there is such a page."""
    if page is None or objection is None:
        return render(request, "404.html", status=404)
    return render(request, "desk/take_down.html", {"page": page, "objection": objection}, status=objection.status)


def _show(request: HttpRequest, page: RegionalArticle, form: TakeDownForm, status: int = 200) -> HttpResponse:
    send_to(form.helper, request.path)
    region = Region(page.region)
    context = {
        "page": page,
        "region": region,
        "form": form,
        "suspension": policies.open_suspension(page),
        "article_url": article_path(region, request.path.rstrip("/").rpartition("/")[2]),
        "is_kept": bool(kept(request)) and not form.is_bound,
    }
    return render(request, "desk/take_down.html", context, status=status)
