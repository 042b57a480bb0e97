"""Attempts on the bytes of pictures, and on texts that show what is not kept."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from alsinfo.imaging import digest_of
from conditions.content.canonical import canonical_text, digest
from conditions.models import Picture, PictureFile, PictureShown
from tests.pictured import WORDS
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, revision, saved
from tests.refusals.scene import Scene


def file(body: bytes = b"another", **but: Any) -> PictureFile:
    """A file under its digest, not saved."""
    return PictureFile(**{"digest": digest_of(body), "body": body, "media_type": "image/webp", **SIZE, **but})


SIZE = {"width": 1, "height": 1}
CHANGES: dict[str, dict[str, Any]] = {"conditions_picturefile": {"body": b"painted over"}}
NEW_AND_OLD: dict[str, Callable[[Scene], tuple[Model, Model]]] = {
    "conditions_picturefile": lambda s: (file(), PictureFile.objects.order_by("pk")[0]),
}


@attempt("a_picture_is_kept_under_its_digest")
def other_bytes_under_a_digest(s: Scene) -> Act:
    return lambda: file(digest=digest_of(b"the signed bytes")).save(force_insert=True)


@attempt("a_revision_shows_pictures_that_are_kept")
def a_text_with_a_picture_that_is_not_kept(s: Scene) -> Act:
    text = revision(s.shown)
    unknown = {"key": "cure", "files": [file(b"nowhere").described], **WORDS}
    text.text = canonical_text({**text.content, "pictures": [unknown]})
    text.digest = digest(text.text)
    return lambda: text.save(force_insert=True)


@attempt("picture_is_of_a_known_type")
def a_page_in_place_of_a_picture(s: Scene) -> Act:
    return lambda: file(media_type="text/html").save(force_insert=True)


@attempt("a_picture_has_a_size")
def a_picture_of_no_size(s: Scene) -> Act:
    return lambda: file(width=0).save(force_insert=True)


@attempt("one_picture_per_key_and_region")
def two_pictures_under_one_key(s: Scene) -> Act:
    row = s.drafted.pictures.get()
    return lambda: Picture.objects.create(edition=s.drafted, key=row.key, files=row.files, **WORDS)


@attempt("picture_licence_is_known")
def a_licence_of_ones_own(s: Scene) -> Act:
    return lambda: change(s.drafted.pictures.get(), licence="mine")


@attempt("one_row_per_version_and_file")
def a_file_shown_twice(s: Scene) -> Act:
    row = {"publication": s.page.live_publication(), "file": saved(file())}
    PictureShown.objects.create(**row)
    return lambda: PictureShown.objects.create(**row)
