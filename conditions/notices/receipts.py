"""The receipt of a signature."""

from collections.abc import Iterable, Mapping

from django.conf import settings

from alsinfo.outbox import post
from conditions.content.plain import Mention, plain_text
from conditions.models import SignOff
from conditions.notices.audiences import its_reviewer
from organisations.models import Organisation
from organisations.regions import Region

RECEIPT = """You signed the text on {page}, for readers in {country}. Please keep this mail: it is your receipt.

Title: {title}
Signed by: {signer}
Registration: {registration}
Signed at: {at}
Meaning: {meaning}
Covers: {covers}
Interests: {interests}
Digest (SHA-256): {digest}
{base}
Was this not you? Tell a clinical lead at once: they can withdraw the signature.

To check it, compare the digest with the one on your receipt page:

{link}

Readers find its first twelve signs under "Who reviewed this page". A single changed letter would give another digest.

Below is the text as you signed it.

{rule}

{text}"""
RULE = "=" * 72


def signed(signature: SignOff) -> None:
    """Give the signer what they signed, with the frozen text; the only mail with a text, to who has read it."""
    region, content = Region(signature.regional_article.region), signature.revision.content
    signer = (signature.printed_name, signature.post_nominals, signature.role_title)
    receipt = RECEIPT.format(
        page=signature.regional_article,
        country=region.country,
        title=content["title"],
        signer=", ".join(part for part in signer if part),
        registration=signature.registration,
        at=f"{signature.signed_at.astimezone(region.time_zone):%-d %B %Y, %H:%M %Z} ({region.time_zone})",
        meaning=signature.meaning,
        covers=signature.get_scope_display(),
        interests=signature.interests,
        digest=signature.revision_id,
        base=f"Changes from the text with digest: {signature.base_id}\n" if signature.base_id else "",
        link=f"{settings.SITE_URL}/desk/reviews/{signature.assignment_id}/receipt/",
        rule=RULE,
        text=plain_text(content, _mentions(content["listings"])),
    )
    about = its_reviewer(signature.assignment)
    post.send(signature.reviewer.user, f"You signed: {signature.regional_article}", receipt, about=about)


def _mentions(listings: Iterable[Mapping[str, str]]) -> list[Mention]:
    """The listings whose organisation has an approved entry, by its name there."""
    whys = {listing["organisation"]: listing["why"] for listing in listings}
    bodies = Organisation.objects.filter(uuid__in=whys, entry__isnull=False).select_related("entry")
    found = [Mention(body.entry.content["name"], whys[str(body.uuid)]) for body in bodies if body.entry]
    return sorted(found, key=lambda mention: mention.name.casefold())
