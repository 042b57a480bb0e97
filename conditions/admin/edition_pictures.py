"""The pictures of an edition: their words are rows of its form, their files are sent on a page of their own."""

from base64 import b64encode
from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alsinfo.admin.inlines import OwnRows
from conditions.admin.edition_forms import DeskRowForm
from conditions.admin.edition_rows import DeskInline
from conditions.content.pictures import keys_in
from conditions.models import Picture, PictureFile


class PictureRowForm(DeskRowForm):
    """The words of a picture."""

    has_file = True
    is_placed = False

    @property
    def row_title(self) -> str:
        """How it is placed, and what it shows."""
        return f"{self.instance} {self.instance.alt[:80]}"

    @property
    def facts(self) -> list[str]:
        """Whether the saved text places it, for whom it is, how wide it came."""
        placed = "placed" if self.is_placed else "not placed yet"
        return [placed, *super().facts, f"{self.instance.files[-1]['width']} pixels wide"]


class PictureRows(OwnRows):
    """The pictures of an edition, the smallest files of which are read once."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Show each row its picture, and whether it is placed."""
        super().add_fields(form, index)
        if form.instance.pk:
            form.instance.thumbnail = self._thumbnails()[form.instance.files[0]["sha256"]]
            form.is_placed = form.instance.key in self._placed()

    def _thumbnails(self) -> dict[str, PictureFile]:
        if not hasattr(self, "_read"):
            digests = [row.files[0]["sha256"] for row in self.get_queryset()]
            self._read = PictureFile.objects.in_bulk(digests)
        return self._read

    def _placed(self) -> set[str]:
        if not hasattr(self, "_counted"):
            self._counted = {key for section in self.instance.sections.all() for key in keys_in(section.body)}
        return self._counted


class PictureInline(DeskInline, admin.StackedInline):
    """The pictures; new ones are sent in `picturing`."""

    model = Picture
    form = PictureRowForm
    formset = PictureRows
    extra = 0
    elsewhere, elsewhere_label = "_picture", "Add a picture …"
    fields = ("shown", "region", "alt", "caption", "credit", "licence")
    readonly_fields = ("shown",)

    @admin.display(description="picture")
    def shown(self, picture: Picture) -> SafeString:
        """The picture, small, and how it is placed."""
        file: PictureFile | None = getattr(picture, "thumbnail", None)
        if file is None:
            return SafeString("")
        return format_html(
            '<img class="thumbnail" src="data:{};base64,{}" width="{}" height="{}" alt="{}"> <code>{}</code>',
            file.media_type,
            b64encode(bytes(file.body)).decode(),
            file.width,
            file.height,
            picture.alt,
            str(picture),
        )
