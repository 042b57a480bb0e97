"""Pictures of articles: their bytes, an edition's use of them, and which published pages show which."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from conditions.content.pictures import LICENCES, SUFFIXES, Address, File
from conditions.models.editions import CITATION_KEY, Edition, RegionalText
from conditions.models.publications import Publication


class PictureFile(models.Model):
    """The bytes of a picture in one size, as they are served, known by their SHA-256; never changed, never deleted."""

    digest = models.CharField(max_length=64, primary_key=True)
    body = models.BinaryField()
    media_type = models.CharField(max_length=20, choices=[(each, each) for each in SUFFIXES])
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(media_type__in=list(SUFFIXES)), name="picture_is_of_a_known_type"),
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="a_picture_has_a_size"),
        )

    def __str__(self) -> str:
        return self.digest

    @property
    def described(self) -> dict[str, Any]:
        """What is signed of it."""
        return {"sha256": self.digest, "type": self.media_type, "width": self.width, "height": self.height}


class Picture(RegionalText):
    """A picture of an edition, which `![key]` places in its sections; `files` as they are signed, narrowest first."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="pictures")
    key = models.CharField(max_length=60, validators=[CITATION_KEY])
    files = models.JSONField(editable=False)
    alt = models.TextField(
        "text instead of the picture",
        max_length=500,
        blank=True,
        help_text="What the picture shows, for those who do not see it. Do not begin with “Image of”.",
    )
    caption = models.TextField(
        max_length=1000,
        blank=True,
        help_text="What readers are to take from it. Words belong here, not in the picture: mark its parts by letters.",
    )
    credit = models.CharField(max_length=200, blank=True, help_text="Who made it or owns it, as they want to be named.")
    licence = models.CharField(
        max_length=20, blank=True, choices=[(code, name) for code, (name, _) in LICENCES.items()]
    )

    class Meta:
        ordering = ("edition", "key", "region")
        constraints = (
            models.UniqueConstraint(fields=["edition", "key", "region"], name="one_picture_per_key_and_region"),
            models.CheckConstraint(condition=Q(licence__in=["", *LICENCES]), name="picture_licence_is_known"),
        )

    def __str__(self) -> str:
        return f"![{self.key}]"


class PictureShown(models.Model):
    """A published version shows a file; derived from its text, against which it is checked on every read."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="pictures_shown")
    file = models.ForeignKey(PictureFile, on_delete=models.PROTECT, related_name="shown_by")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["publication", "file"], name="one_row_per_version_and_file"),)

    def __str__(self) -> str:
        return f"{self.publication}: {self.file}"


def inline_address(contents: Iterable[Mapping[str, Any] | None]) -> Address:
    """Where the widest file of each picture is: in the page itself, since what is not published has no address."""
    widest = {picture["files"][-1]["sha256"] for content in contents if content for picture in content["pictures"]}
    files = {file.pk: file for file in PictureFile.objects.filter(pk__in=widest)} if widest else {}
    found = {
        key: f"data:{file.media_type};base64,{b64encode(bytes(file.body)).decode()}" for key, file in files.items()
    }

    def address(file: File) -> str:
        return found.get(file["sha256"], "")

    return address
