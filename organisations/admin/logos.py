"""The logo of an organisation: a page on which one is proposed, which a second person approves like any change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.imaging import Rendition, renditions
from alsinfo.refusals import Refusal
from alsinfo.uploading import PictureField
from organisations import actions
from organisations.models import Logo, Organisation
from organisations.vocabulary import LogoLicence

LONGEST_SIDE = 240  # pixels; shown at half of it, so that it is sharp on phones


def small(sent: bytes) -> Rendition:
    """The logo as it is kept. Raises `UnusablePicture`."""
    [made] = renditions(sent, (LONGEST_SIDE,))
    return made


class LogoForm(forms.Form):
    """A logo and what allows us to show it, or that there is to be none: an empty form proposes nothing."""

    logo = PictureField(
        small,
        required=False,
        help_text="A JPEG, PNG or WebP, at most 5 MB.",
    )
    licence = forms.ChoiceField(
        choices=[("", "---------"), *LogoLicence.choices], required=False, label="What allows us to show it"
    )

    without = forms.BooleanField(required=False, label="Show the organisation without a logo")

    def clean(self) -> dict[str, Any]:
        """A logo comes with its licence; with it or without it, never both."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "logo" not in self.errors and bool(cleaned.get("logo")) == cleaned["without"]:
            self.add_error("logo", "Choose a picture, or say that there is to be none: one of the two.")
        if cleaned.get("logo") and not cleaned.get("licence"):
            self.add_error("licence", "Say what allows us to show it, then choose the logo again.")
        return cleaned


def logo_page(admin: RecordAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The form; a POST that is valid proposes the logo, or that there is none."""
    organisation = admin.get_object(request, unquote(object_id))
    if not admin.has_change_permission(request, organisation):
        raise PermissionDenied
    if not isinstance(organisation, Organisation):
        raise Http404
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            entry = actions.propose_logo(organisation, said["logo"], said["licence"], by=person(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Proposed in entry {entry.number}: a second person approves it.")
            return HttpResponseRedirect(page_of(organisation))
    context = {
        **admin.admin_site.each_context(request),
        "title": f"The logo of {organisation}",
        "organisation": organisation,
        "form": form,
    }
    return TemplateResponse(request, "admin/organisations/logo.html", context)


def logos_of(approved: Any, proposed: Any) -> list[tuple[str, Logo | None]]:
    """What readers see and what is proposed, where the two differ."""
    digests = [entry.content["logo"].get("sha256", "") if entry else "" for entry in (approved, proposed)]
    if digests[0] == digests[1]:
        return []
    known = Logo.objects.in_bulk([digest for digest in digests if digest])
    return list(zip(("Readers see", "Proposed"), map(known.get, digests), strict=True))
