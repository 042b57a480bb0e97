"""What reviewers said, in the admin: editors read, answer, and take a suggested wording."""

from typing import Any

import pytest
from django.test import Client

from conditions.actions import deciding
from conditions.actions.deciding import Decision, Verdict
from conditions.models import Contribution, Edition, ReviewComment
from conditions.policies.commenting import Remark
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def remark(world: w.World) -> ReviewComment:
    """A reviewer asked for a change and suggested a wording; the text is a draft again."""
    to = w.accept(w.assignment(w.submit(world, w.draft(world))[GB]))
    said = Remark("section:symptoms", (GB,), "must", "Weak is not the word.", "grow weak", "lose strength")
    deciding.decide(Decision((Verdict(to, "changes", to.revision_id),), remarks=(said,)), by=world.uk.user)
    return ReviewComment.objects.get()


def edition_of(remark: ReviewComment) -> Edition:
    return Edition.objects.get(article=remark.article)


def press(client: Client, remark: ReviewComment, deed: str, **data: Any) -> Any:
    """Press a button of a remark and look at the page that comes next."""
    return client.post(f"/admin/conditions/reviewcomment/{remark.pk}/{deed}/", data, follow=True)


def test_the_edition_shows_what_was_said_where_it_can_be_changed(world: w.World, remark: ReviewComment) -> None:
    page = text_of(at_desk(world.editor).get(f"/admin/conditions/edition/{edition_of(remark).pk}/change/"))
    for words in ("What reviewers said", "Symptoms", "Weak is not the word.", "grow weak", "lose strength"):
        assert words in page
    assert "Take this wording" in page


def test_a_suggested_wording_is_taken_with_one_press_and_is_a_contribution(
    world: w.World, remark: ReviewComment
) -> None:
    edition = edition_of(remark)
    version = edition.lock_version
    page = press(at_desk(world.other_editor), remark, "take", opened_version=version)
    assert "The suggested wording stands in the text now." in text_of(page)
    assert page.redirect_chain[-1][0] == f"/admin/conditions/edition/{edition.pk}/change/"
    assert edition.sections.get(key="symptoms").body == "Muscles lose strength [@brown2017]."
    remark.refresh_from_db()
    assert remark.state == "done"
    assert Contribution.objects.filter(edition=edition, user=world.other_editor).exists()


def test_a_wording_is_not_put_over_what_somebody_saved_meanwhile(world: w.World, remark: ReviewComment) -> None:
    edition = edition_of(remark)
    version = edition.lock_version
    w.edit(edition, world.editor, "help-uk", "Ring your GP.")
    page = press(at_desk(world.other_editor), remark, "take", opened_version=version)
    assert "saved" in text_of(page)
    assert "grow weak" in edition.sections.get(key="symptoms").body


def test_a_wording_whose_words_are_gone_is_not_taken_and_says_so(world: w.World, remark: ReviewComment) -> None:
    edition = edition_of(remark)
    w.edit(edition, world.editor, "symptoms", "Muscles waste [@brown2017].")
    client = at_desk(world.editor)
    page = text_of(client.get(f"/admin/conditions/edition/{edition.pk}/change/"))
    assert "do not stand in the section exactly once any more" in page
    edition.refresh_from_db()
    assert "exactly once" in text_of(press(client, remark, "take", opened_version=edition.lock_version))
    assert edition.sections.get(key="symptoms").body == "Muscles waste [@brown2017]."


def test_an_answer_is_kept_and_shown(world: w.World, remark: ReviewComment) -> None:
    client = at_desk(world.editor)
    assert "This field is required" in text_of(press(client, remark, "answer", reply=" "))
    assert "It is what patients say." in text_of(press(client, remark, "answer", reply="It is what patients say."))
    remark.refresh_from_db()
    assert remark.state == "answered"


def test_a_change_is_not_marked_over_an_answer_of_another_editor(world: w.World, remark: ReviewComment) -> None:
    press(at_desk(world.other_editor), remark, "answer", reply="It is what patients say.")
    assert "Somebody changed this" in text_of(press(at_desk(world.editor), remark, "done", seen=0))
    remark.refresh_from_db()
    assert remark.state == "answered"
    press(at_desk(world.editor), remark, "done", seen=remark.lock_version)
    remark.refresh_from_db()
    assert remark.state == "done"


@pytest.mark.parametrize("who", ["publisher", "lead", "administrator", "superuser"])
@pytest.mark.parametrize("deed", ["take", "done", "answer"])
def test_only_editors_answer_for_the_text(world: w.World, remark: ReviewComment, who: str, deed: str) -> None:
    client = at_desk(getattr(world, who))
    press(client, remark, deed, reply="No.", seen=0, opened_version=edition_of(remark).lock_version)
    remark.refresh_from_db()
    assert remark.state == "open"
    assert not remark.replies.exists()


def test_a_settled_remark_leaves_the_edition_and_stays_in_the_list(world: w.World, remark: ReviewComment) -> None:
    ReviewComment.objects.filter(pk=remark.pk).update(
        state="resolved", settled_by=remark.author, settled_in=remark.revision
    )
    client = at_desk(world.editor)
    assert "What reviewers said" not in text_of(
        client.get(f"/admin/conditions/edition/{edition_of(remark).pk}/change/")
    )
    assert "Weak is not the word." in text_of(client.get("/admin/conditions/reviewcomment/"))
    assert "has found it settled already" in text_of(press(client, remark, "done", seen=0))
