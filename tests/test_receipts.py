"""The receipt that a reviewer gets by mail after signing, with the text as it was signed."""

import re
from collections.abc import Iterable

import pytest
from django.core import mail

from alsinfo.accounts.proving import WrongPassword
from alsinfo.outbox import post
from alsinfo.outbox.models import Message
from conditions.actions import assigning, drafting, publishing, signing
from conditions.content.plain import Mention, plain_text
from conditions.models import ReviewAssignment, SignOff
from conditions.rendering import article_html
from conditions.vocabulary import Scope
from organisations.regions import Region
from tests import world as w
from tests.article_page import ORGANISATION, a_content, a_page, a_section
from tests.test_every_word import Texts, signed
from tests.world import GB, US

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
RICH = (
    "Motor neurones **die**; p<0.05 at <5 µg & 10–20 %.[@hardiman] See [the site](https://a.org/x).\n\n"
    "### How it starts\n\n1. first\n2. second\n   - a detail\n\n|Drug|Dose|\n|-|-|\n|Riluzole|50 mg[@nice]|\n"
)


def receipts(of: ReviewAssignment) -> list[Message]:
    """What the reviewer was told of signatures."""
    return list(Message.objects.filter(to_user=of.reviewer.user, subject__startswith="You signed").order_by("pk"))


def receipt_of(signature: SignOff) -> str:
    """The body of the only receipt."""
    (message,) = receipts(signature.assignment)
    return message.body


def is_in_order(parts: Iterable[str], whole: Iterable[str]) -> bool:
    """Whether the parts are all in the whole, in the same order."""
    rest = iter(whole)
    return all(part in rest for part in parts)


def words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"\w+|[<>&%–]", text)]


def test_every_signed_word_of_the_page_is_in_the_plain_text_in_the_same_order() -> None:
    content = a_content(
        sections=[a_section("overview", "What ALS is", RICH), *a_content()["sections"]],
        listings=[{"organisation": "a-uuid", "why": ORGANISATION.why}],
    )
    page = article_html(a_page(content=content)).partition("<h1>")[2]
    page = re.sub(r'<nav class="contents".*?</nav>', "", page, flags=re.DOTALL)
    known = set(signed(content)) - {"", "Table"}  # the name of the box around a table is spoken, not shown
    shown = words(text for text in Texts(page).found if text in known)
    plain = words([plain_text(content, [Mention(ORGANISATION.name, ORGANISATION.why)])])
    assert len(shown) > 100
    assert is_in_order(shown, plain)
    assert not is_in_order([*shown, "riluzole"], plain)


@pytest.mark.parametrize(
    ("region", "zone"), [(GB, r"(?:GMT|BST) \(Europe/London\)"), (US, r"E[SD]T \(America/New_York\)")]
)
def test_the_receipt_says_who_signed_what_when_and_how_to_check_it(world: w.World, region: Region, zone: str) -> None:
    signature = w.sign(w.submit(world, w.draft(world))[region])
    body = receipt_of(signature)
    for said in (
        f"Title: Amyotrophic lateral sclerosis\nSigned by: {signature.printed_name}, Consultant neurologist",
        f"Registration: {signature.registration}\n",
        f"Meaning: {signature.meaning}\n",
        "Covers: The whole page\n",
        "Interests: No competing interests\n",
        f"Digest (SHA-256): {signature.revision_id}\n",
        f"/desk/reviews/{signature.assignment_id}/receipt/\n",
        "compare the digest",
        region.country,
    ):
        assert said in body
    assert re.search(rf"Signed at: \d+ \w+ \d{{4}}, \d\d:\d\d {zone}\n", body)


def test_the_receipt_holds_the_frozen_text_of_its_region_and_no_other(world: w.World) -> None:
    rows = w.submit(world, w.draft(world))
    uk = receipt_of(w.sign(rows[GB]))
    for said in (
        "Muscles grow weak [1].",
        "Ask your GP.",
        "- There is no cure.",
        "Support UK: For everyone.",
        "1. Brown RH",
    ):
        assert said in uk
    assert "Ask your doctor." not in uk
    assert "Support US" not in uk
    assert uk.endswith("This is a test.\n")


def test_a_signature_on_changes_says_what_it_builds_on(world: w.World) -> None:
    article = w.live(world)
    live = w.page(article).live_publication()
    assert live
    edition = w.edit(drafting.start(article, by=world.editor, regions="GB"), world.editor, "overview", "Another text.")
    signature = w.sign(w.submit(world, edition)[GB], scope=Scope.CHANGES_ONLY)
    body = receipts(signature.assignment)[-1].body
    assert f"Changes from the text with digest: {live.revision_id}\n" in body
    assert "Another text." in body


def test_confirming_the_live_text_gives_a_receipt_too(world: w.World, live: w.Article) -> None:
    to = w.accept(assigning.invite_to_reconfirm(w.page(live), world.other_uk, by=world.editor))
    publishing.reconfirm(to, w.signing_of(to), by=world.other_uk.user)
    assert "Muscles grow weak" in receipts(to)[0].body


def test_nobody_but_the_signer_gets_the_text(world: w.World) -> None:
    signature = w.sign(w.submit(world, w.draft(world))[GB])
    told = Message.objects.filter(body__contains="Muscles grow weak")
    assert [message.to_user for message in told] == [signature.reviewer.user]
    assert receipts(signature.assignment)[0].key == ""


def test_a_refused_signature_gives_no_receipt(world: w.World) -> None:
    to = w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))
    with pytest.raises(WrongPassword):
        signing.sign_off(to, w.signing_of(to, password="no"), by=to.reviewer.user)
    assert receipts(to) == []


def test_the_receipt_arrives(world: w.World) -> None:
    w.sign(w.submit(world, w.draft(world))[GB])
    post.deliver()
    (letter,) = [found for found in mail.outbox if found.subject.startswith("You signed")]
    assert letter.to == ["uk-reviewer@example.org"]
    assert letter.subject == "You signed: Amyotrophic lateral sclerosis (UK)"
