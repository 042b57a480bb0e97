"""What a rendered page's seal covers: its bytes, what they are of, and the signatures they rest on."""

import hashlib

from conditions.models import Publication


def etag(body: bytes) -> str:
    """SHA-256 of a page's bytes, in hex: its ETag."""
    return hashlib.sha256(body).hexdigest()


def page_parts(publication: Publication, notice: str, body: bytes) -> list[object]:
    """The parts of the seal, in order; the readers' one query finds the same."""
    seals_beneath = [signature.seal for signature in publication.rests_on()]
    page = publication.regional_article_id
    return [publication.pk, page, publication.revision_id, notice, etag(body), *seals_beneath]
