"""A text as readers in a region would get it, for those who may see its edition, and links that show it to others."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Button
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.concurrency import clock_now
from alsinfo.middleware import PUBLIC_CSP
from alsinfo.refusals import Refusal
from conditions.actions import previewing
from conditions.content.canonical import UnusableText
from conditions.models import Edition, PreviewLink
from conditions.page_facts import page_of_draft
from conditions.policies import previewing as policies
from conditions.rendering import article_html
from conditions.vocabulary import EditionState
from organisations.regions import Region

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Content-Security-Policy": PUBLIC_CSP}
DAYS = [(1, "1 day"), (3, "3 days"), (7, "7 days"), (14, "14 days"), (30, "30 days")]


class ShareForm(forms.Form):
    """Whose page is shown, and for how long."""

    region = forms.ChoiceField(label="Page for readers in")
    days = forms.TypedChoiceField(label="The link works for", choices=DAYS, coerce=int, initial=policies.DAYS)

    def __init__(self, edition: Edition, data: object = None) -> None:
        super().__init__(data, auto_id="share-preview-%s")  # type: ignore[arg-type]
        self.fields["region"].choices = [(each.value, each.label) for each in edition.covered]  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Which link is meant."""

    link = forms.IntegerField(min_value=1, max_value=2**31, widget=forms.HiddenInput)


@dataclass(frozen=True)
class OpenLink:
    """A link that works, and the button that ends it."""

    link: PreviewLink
    button: Button


@dataclass(frozen=True)
class PreviewCard:
    """The links of an edition that work, and the button that makes another; None once the edition is closed."""

    links: list[OpenLink]
    share: Button


def preview_card(edition: Edition, *, by: User) -> PreviewCard | None:
    """What the page of an edition shows of its preview links."""
    if edition.state == EditionState.CLOSED:
        return None
    working = PreviewLink.objects.working(clock_now()).filter(edition=edition).select_related("made_by")
    share = Button(
        "Make a preview link",
        reverse("admin:conditions_edition_share", args=[edition.pk]),
        ShareForm(edition),
        policies.objection_to_share_preview(edition, edition.covered[0], by=by),
    )
    objection = policies.objection_to_close(by=by)
    return PreviewCard([OpenLink(link, _revoking(link, objection)) for link in working], share)


def _revoking(link: PreviewLink, objection: Refusal | None) -> Button:
    url = reverse("admin:conditions_edition_unshare", args=[link.edition_id])
    form = LinkForm(initial={"link": link.pk}, auto_id=f"unshare-{link.pk}-%s")
    return Button("Revoke this link", url, form, objection, is_grave=True)


def preview_urls(editions: RecordAdmin) -> list[URLPattern]:
    """The addresses below an edition's own."""

    def preview(request: HttpRequest, object_id: str, region_slug: str) -> HttpResponse:
        return answer(request, edition_of(editions, request, object_id), region_slug)

    def sharing(request: HttpRequest, object_id: str) -> HttpResponse:
        return share(request, editions, edition_of(editions, request, object_id))

    def unsharing(request: HttpRequest, object_id: str) -> HttpResponse:
        return unshare(request, edition_of(editions, request, object_id))

    guarded, own = editions.admin_site.admin_view, "<path:object_id>/"
    return [
        path(f"{own}preview/<slug:region_slug>/", guarded(preview), name="conditions_edition_preview"),
        path(f"{own}previews/", guarded(require_POST(sharing)), name="conditions_edition_share"),
        path(f"{own}previews/revoke/", guarded(require_POST(unsharing)), name="conditions_edition_unshare"),
    ]


def edition_of(editions: RecordAdmin, request: HttpRequest, object_id: str) -> Edition:
    """The edition, for those who may see it. Raises PermissionDenied, Http404."""
    if not editions.has_view_permission(request):
        raise PermissionDenied
    edition = editions.get_object(request, unquote(object_id))
    if not isinstance(edition, Edition):
        raise Http404
    return edition


def answer(request: HttpRequest, edition: Edition, region_slug: str) -> HttpResponse:
    """The page, kept by no cache and by no search engine, under the same policy as public pages."""
    regions = {region.slug: region for region in edition.covered}
    if region_slug not in regions:
        raise Http404
    try:
        html = article_html(page_of_draft(edition, regions[region_slug]))
    except UnusableText as problem:
        messages.error(request, str(problem))
        return HttpResponseRedirect(page_of(edition))
    return HttpResponse(html, headers=HEADERS)


def share(request: HttpRequest, editions: RecordAdmin, edition: Edition) -> HttpResponse:
    """Make a link and show it once, in the answer itself: an address on the way to a next page would be kept."""
    form = ShareForm(edition, request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a region of this edition and a number of days.")
        return HttpResponseRedirect(page_of(edition))
    try:
        region, days = Region(form.cleaned_data["region"]), form.cleaned_data["days"]
        shared = previewing.share_preview(edition, region, by=person(request), days=days)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(page_of(edition))
    context = {
        **editions.admin_site.each_context(request),
        "title": "A preview link",
        "edition": edition,
        "link": shared.link,
        "region": region,
        "until": region.day(shared.link.expires_at),
        "address": f"{settings.SITE_URL}{reverse('desk:preview', args=[shared.token])}",
    }
    return TemplateResponse(request, "admin/conditions/preview_link.html", context)


def unshare(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Revoke a link of the edition."""
    form = LinkForm(request.POST)
    found = edition.preview_links.filter(pk=form.cleaned_data["link"]).first() if form.is_valid() else None
    if found is None:
        raise Http404
    try:
        previewing.revoke_preview(found, by=person(request))
        messages.success(request, "Revoked: the link works no longer.")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(page_of(edition))
