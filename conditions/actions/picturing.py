"""Put a picture into a draft: its bytes are kept for good, its words are rows of the text like any other."""

from collections.abc import Sequence

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.imaging import Rendition
from conditions.actions.drafting import Change, locked_pages, put
from conditions.models import Edition, Picture, PictureFile, Section
from conditions.policies import drafting as policies


@action
def add_picture(
    edition: Edition,
    picture: Picture,
    files: Sequence[Rendition],
    *,
    by: User,
    opened_version: int,
    place: Section | None = None,
) -> Picture:
    """Keep the files, narrowest first, and put the picture, new or one that the draft has, with them into the draft.

    `place` is a section at whose end it is placed. Raises `SavedMeanwhile` and `UnusableText` as `drafting.save`.
    """
    locked_pages(edition.article)
    insist(policies.objection_to_save(edition, by=by))
    picture.files = [_keep(file).described for file in files]
    rows: list[Picture | Section] = [picture]
    if place is not None:
        place.body = f"{place.body}\n\n![{picture.key}]".lstrip()
        rows.append(place)
    put(edition, Change(put=rows), by=by, opened_version=opened_version)
    record("add_picture", edition, by=by, after=f"{picture}, {files[-1].digest}")
    return picture


def _keep(file: Rendition) -> PictureFile:
    """Store the bytes once."""
    found = PictureFile.objects.filter(pk=file.digest).first()
    return found or PictureFile.objects.create(
        digest=file.digest, body=file.body, media_type=file.media_type, width=file.width, height=file.height
    )
