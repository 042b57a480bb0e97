"""The files of the pictures that readers get, each under the digest of its bytes."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from alsinfo import surrogates
from alsinfo.imaging import digest_of
from conditions.content.canonical import content_of
from conditions.content.pictures import SUFFIXES, digests
from conditions.models import PictureFile, Publication
from conditions.policies.deferring import is_over
from conditions.readers.answers import cacheable, keyed, not_vouched_for, public
from conditions.readers.serving import text_is_whole
from conditions.readers.versions import withdrawn_on_of
from conditions.vocabulary import PageState

YEAR = 365 * 24 * 60 * 60  # seconds; another picture has another address
CONTENT_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"

alarm = logging.getLogger("alsinfo.alarm")


@public
def picture(request: HttpRequest, digest: str, suffix: str) -> HttpResponse:
    """A file that a version shows which readers can get now; caches keep it for good."""
    file = PictureFile.objects.filter(pk=digest).first()
    shown_by = _shown_by(file) if file else None
    if file is None or shown_by is None or SUFFIXES[file.media_type] != suffix:
        raise Http404
    body = bytes(file.body)
    if digest_of(body) != digest:
        alarm.critical("A picture is altered, asked for at %s.", request.path)
        return not_vouched_for(request)
    headers = keyed(surrogates.page(shown_by.regional_article_id))
    response = cacheable(request, body, digest, content_type=file.media_type, headers=headers)
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.headers["Content-Security-Policy"] = CONTENT_POLICY
    return response


def _shown_by(file: PictureFile) -> Publication | None:
    """The newest version that shows a file and can be read, its text as it was signed."""
    rows = file.shown_by.filter(publication__regional_article__state=PageState.LIVE)
    rows = rows.select_related("publication__revision", "publication__regional_article__article")
    found = (row.publication for row in rows.order_by("-publication"))
    return next((publication for publication in found if _can_be_read(publication, file.pk)), None)


def _can_be_read(publication: Publication, digest: str) -> bool:
    revision, page = publication.revision, publication.regional_article
    if is_over(page, page.day(timezone.now())) or withdrawn_on_of(publication):
        return False
    return text_is_whole(revision.pk, revision.text) and digest in digests(content_of(revision.text))
