"""A page's seal: what it covers, and whether what lies beneath it is as it was signed."""

import hashlib
from collections.abc import Iterable

from django.conf import settings

from conditions.content import seals
from conditions.content.canonical import digest
from conditions.models import Publication, SignOff


def etag(body: bytes) -> str:
    """SHA-256 of a page's bytes, in hex: its ETag."""
    return hashlib.sha256(body).hexdigest()


def page_parts(publication: Publication, notice: str, body: bytes, beneath: Iterable[SignOff]) -> list[object]:
    """The parts of the seal, in order, over the signatures it rests on; the readers' one query finds the same."""
    page = publication.regional_article_id
    return [publication.pk, page, publication.revision_id, notice, etag(body), *(each.seal for each in beneath)]


def record_is_whole(publication: Publication) -> bool:
    """Whether the text is that of its digest, and was signed, for this very page, under seals that hold."""
    own = publication.signed()
    place = (publication.revision_id, publication.regional_article_id)
    return (
        bool(own)
        and all((signature.revision_id, signature.regional_article_id) == place for signature in own)
        and all(_is_sealed(signature) for signature in publication.rests_on())
        and digest(publication.revision.text) == publication.revision_id
    )


def _is_sealed(signature: SignOff) -> bool:
    return seals.holds(settings.SEAL_KEYS, signature.seal, *signature.sealed_values())
