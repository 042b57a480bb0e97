"""Add a picture to a text, or put another file in its place: a page of its own, which works without a script."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify

from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin, page_of
from alsinfo.drawings import SVG_TYPE, drawing, is_drawing
from alsinfo.imaging import Rendition, renditions
from alsinfo.refusals import Refusal
from alsinfo.uploading import ACCEPTED, PictureField
from conditions.actions import picturing
from conditions.admin.fields import LineField, TextField, offer_regions
from conditions.content.pictures import SIDES
from conditions.models import Edition, Picture, Section
from conditions.models.pictures import inline_address

PICTURE = "_picture"
LONGEST_KEY = 40  # characters


def made_of(sent: bytes) -> tuple[Rendition, ...]:
    """The files that readers get of what was sent. Raises `UnusablePicture`."""
    return (drawing(sent),) if is_drawing(sent) else renditions(sent, SIDES)


class PictureForm(forms.ModelForm):
    """A picture with its words; where it is to stand, if it is new."""

    file = PictureField(
        made_of,
        accept=f"{ACCEPTED},{SVG_TYPE}",
        label="Picture",
        help_text="A JPEG, PNG or WebP, at most 5 MB and best 1200 pixels wide, or a plain SVG that only draws. "
        "Words in it cannot be read out, translated or enlarged: put them in the caption. Where it was taken and with "
        "what is not kept. If something else on this page has to be put right, choose it again.",
    )
    section = forms.ModelChoiceField(
        Section.objects.none(),
        required=False,
        label="Where it stands",
        empty_label="Nowhere yet: I place it in the text",
        help_text="At the end of a section; you can move its line later.",
    )
    field_order = ("file", "alt", "caption", "credit", "licence", "region", "section")

    class Meta:
        model = Picture
        fields = ("alt", "caption", "credit", "licence", "region")
        field_classes = {"alt": TextField, "caption": TextField, "credit": LineField}
        widgets = {"alt": forms.Textarea(attrs={"rows": 3}), "caption": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, edition: Edition, picture: Picture | None, *args: Any, **options: Any) -> None:
        options["instance"] = picture or Picture()
        super().__init__(*args, **options)
        offer_regions(self)
        for name in ("alt", "caption", "credit", "licence"):
            self.fields[name].required = True
        self.fields["section"].queryset = edition.sections.all()  # type: ignore[attr-defined]
        if picture is not None:
            del self.fields["section"]

    @property
    def file_name(self) -> str:
        """What the file was called where it came from."""
        return str(getattr(self.files.get("file"), "name", ""))


def pictures_page(admin: RecordAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The form, for a draft; a POST that is valid adds the picture, or puts the file in place of another's."""
    edition = admin.get_object(request, object_id)
    if not admin.has_change_permission(request, edition):
        raise PermissionDenied
    if not isinstance(edition, Edition):
        raise Http404
    picture = _asked_for(edition, request.GET.get("picture", ""))
    is_sent = request.method == "POST"
    form = PictureForm(edition, picture, request.POST, request.FILES) if is_sent else PictureForm(edition, picture)
    if is_sent and form.is_valid():
        try:
            messages.success(request, _add(edition, form, request))
            return HttpResponseRedirect(page_of(edition))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return TemplateResponse(request, "admin/conditions/picture.html", _context(admin, request, edition, picture, form))


def address(edition: Edition, picture: str = "") -> str:
    """The page on which a picture is added, or another file is put in its place."""
    page = reverse("admin:conditions_edition_pictures", args=[edition.pk])
    return f"{page}?picture={picture}" if picture.isdecimal() else page


def key_for(edition: Edition, name: str) -> str:
    """A key that the edition does not have yet, after the name of a file."""
    start = slugify(PurePath(name).stem)[:LONGEST_KEY].strip("-_")
    start = start if start[:1].isalpha() else f"picture-{start}".strip("-")
    taken = set(edition.pictures.values_list("key", flat=True))
    candidates = (start, *(f"{start}-{number}" for number in range(2, len(taken) + 2)))
    return next(key for key in candidates if key not in taken)


def _asked_for(edition: Edition, key: str) -> Picture | None:
    """The picture whose file is to be another. Raises Http404 for one that the edition does not have."""
    if not key:
        return None
    found = edition.pictures.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    if found is None:
        raise Http404
    return found


def _add(edition: Edition, form: PictureForm, request: HttpRequest) -> str:
    picture: Picture = form.save(commit=False)
    picture.key = picture.key or key_for(edition, form.file_name)
    files, place = form.cleaned_data["file"], form.cleaned_data.get("section")
    version = edition.lock_version
    picturing.add_picture(edition, picture, files, by=person(request), opened_version=version, place=place)
    if place is not None:
        return f"{picture} stands at the end of “{place.heading}”. Saved."
    return f"{picture} is saved. Write it on a line of its own where the picture is to stand."


def _context(
    admin: RecordAdmin, request: HttpRequest, edition: Edition, picture: Picture | None, form: PictureForm
) -> dict[str, Any]:
    return {
        **admin.admin_site.each_context(request),
        "title": f"Another file for {picture}" if picture else "Add a picture",
        "edition": edition,
        "picture": picture,
        "now": inline_address([{"pictures": [{"files": picture.files}]}])(picture.files[-1]) if picture else "",
        "form": form,
    }
