"""People who live with the condition read a draft: asked, accepted, remarked, and told what became of it."""

import pytest
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.outbox.models import Message
from alsinfo.refusals import Refusal
from conditions.actions import reading
from conditions.models import Reading, ReadingDraft, RegionalEdition, ReviewComment
from tests import world as w
from tests.at_desk import QUEUE, SENTENCE, at_desk, text_of
from tests.at_readings import SAY, said, send, state_of, where
from tests.world import GB

pytestmark = [pytest.mark.django_db, pytest.mark.looks]


@pytest.fixture
def row(world: w.World) -> RegionalEdition:
    """A UK text in review."""
    return w.submit(world, w.draft(world))[GB]


@pytest.fixture
def asked(world: w.World, row: RegionalEdition) -> Reading:
    return reading.invite_reader(row, world.draft_reader, by=world.editor)


@pytest.fixture
def accepted(world: w.World, asked: Reading) -> Reading:
    return reading.accept_reading(asked, by=world.draft_reader)


@pytest.fixture
def client(world: w.World) -> Client:
    return at_desk(world.draft_reader)


# Being asked


def test_a_mail_says_that_there_is_a_draft_and_not_what_it_is_about(asked: Reading, world: w.World) -> None:
    mail = Message.objects.get(to_user=world.draft_reader)
    assert where(asked) in mail.body
    assert "lateral" not in (mail.subject + mail.body).lower()


def test_who_has_not_signed_in_does_so_first(asked: Reading) -> None:
    assert Client().get(where(asked)).headers["Location"] == f"/accounts/login/?next={where(asked)}"
    assert Client().get("/desk/readings/").headers["Location"] == "/accounts/login/?next=/desk/readings/"


def test_a_draft_of_another_reader_is_not_there(asked: Reading) -> None:
    other = at_desk(w.person("another-reader", Role.DRAFT_READER))
    for path in (where(asked), "/desk/readings/999999/"):
        response = other.get(path)
        assert response.status_code == 404
        assert "no-store" in response.headers["Cache-Control"]
    assert send(other, asked, "accept").status_code == 404


@pytest.mark.parametrize("who", ["editor", "publisher", "lead", "administrator", "superuser"])
def test_who_is_no_draft_reader_is_told_why(world: w.World, asked: Reading, who: str) -> None:
    response = at_desk(getattr(world, who)).get(where(asked))
    assert response.status_code == 403
    assert "This page is for readers of drafts" in text_of(response)


def test_a_role_taken_away_closes_the_draft_at_once(world: w.World, accepted: Reading, client: Client) -> None:
    roles.revoke(world.draft_reader, Role.DRAFT_READER, by=None)
    assert client.get(where(accepted)).status_code == 403
    assert said(client, accepted).status_code == 403
    assert not ReviewComment.objects.exists()


def test_a_draft_reader_enters_neither_reviews_nor_the_admin(
    world: w.World, row: RegionalEdition, client: Client
) -> None:
    review = f"/desk/reviews/{w.assignment(row).pk}/"
    for path in (review, f"{review}page/", "/desk/profile/"):
        assert client.get(path).status_code == 403
    assert client.get("/admin/").status_code == 302


def test_the_desk_of_a_draft_reader_is_their_drafts(asked: Reading, client: Client) -> None:
    assert client.get(QUEUE).headers["Location"] == "/desk/readings/"
    page = text_of(client.get(QUEUE, follow=True))
    assert where(asked) in page
    assert "Amyotrophic lateral sclerosis, UK" in page
    assert "Nothing yet." in page


def test_an_empty_desk_says_so(world: w.World, client: Client) -> None:
    assert "Nothing waits for you." in text_of(client.get("/desk/readings/"))


def test_a_reviewer_who_also_reads_drafts_sees_both(world: w.World, row: RegionalEdition) -> None:
    roles.grant(world.us.user, Role.DRAFT_READER, by=None)
    mine = reading.invite_reader(row, world.us.user, by=world.editor)
    page = text_of(at_desk(world.us).get(QUEUE))
    assert page.index("/desk/reviews/") < page.index(where(mine)) < page.index("What you signed")
    assert "Drafts to read" not in text_of(at_desk(world.uk).get(QUEUE))


def test_the_text_opens_once_it_was_accepted(asked: Reading, client: Client) -> None:
    page = text_of(client.get(where(asked)))
    assert "ALS is a disease" in page
    assert SENTENCE not in page
    assert send(client, asked, "accept").status_code == 302
    assert SENTENCE in text_of(client.get(where(asked)))


def test_nobody_owes_a_reason_for_a_no(asked: Reading, client: Client, world: w.World) -> None:
    send(client, asked, "decline")
    assert state_of(asked) == "declined"
    assert Message.objects.filter(to_user=world.editor, subject__contains="declined").exists()
    page = text_of(client.get(where(asked)))
    assert "That is all right." in page
    assert SENTENCE not in page


def test_who_accepts_twice_is_shown_the_text(asked: Reading, client: Client) -> None:
    send(client, asked, "accept")
    assert client.post(where(asked), {"step": "accept"}, follow=True).status_code == 200
    assert state_of(asked) == "accepted"


def test_who_wrote_of_an_article_is_not_asked(world: w.World, row: RegionalEdition) -> None:
    roles.grant(world.editor, Role.DRAFT_READER, by=None)
    with pytest.raises(Refusal, match="wrote parts of this article"):
        reading.invite_reader(row, world.editor, by=world.other_editor)


def test_only_draft_readers_are_asked(world: w.World, row: RegionalEdition) -> None:
    with pytest.raises(Refusal, match="is not a draft reader"):
        reading.invite_reader(row, world.publisher, by=world.editor)


# Reading


def test_each_part_has_a_closed_box_and_nothing_else_to_pass(accepted: Reading, client: Client) -> None:
    page = text_of(client.get(where(accepted)))
    main = page.partition("<main")[2].partition("</main>")[0]
    sections = ["opening", "urgent-care", "section-overview", "section-symptoms", "section-help-uk", "whole"]
    assert [name for name in sections if f'name="say-{name}"' not in main] == []
    assert "section-help-us" not in main
    assert "<details open" not in main
    assert 'href="#' not in main
    assert "<script" not in page
    assert main.index("Muscles grow weak") < main.index('name="say-section-symptoms"') < main.index("Ask your GP")


def test_remarks_are_sent_and_counted_for_the_editors(accepted: Reading, client: Client, world: w.World) -> None:
    said(client, accepted, kind="question")
    assert state_of(accepted) == "completed"
    remark = ReviewComment.objects.get()
    assert (remark.part, remark.weight, remark.body) == ("section:symptoms", "question", "Weak sounds lazy.")
    assert (remark.author, remark.reading, remark.assignment) == (world.draft_reader, accepted, None)
    assert (remark.regions, remark.revision_id) == ("GB", accepted.revision_id)
    assert Message.objects.filter(to_user=world.editor, subject__contains="made 1 remark:").exists()


def test_who_has_nothing_to_say_says_so(accepted: Reading, client: Client) -> None:
    response = send(client, accepted, "send")
    assert response.status_code == 400
    assert "tick that you have nothing to say" in text_of(response)
    assert "<title>Error:" in text_of(response)
    assert state_of(accepted) == "accepted"


def test_a_tick_sends_a_draft_without_remarks(accepted: Reading, client: Client) -> None:
    client.post(where(accepted), {"step": "send", "is_content": "on"})
    assert state_of(accepted) == "completed"
    assert not ReviewComment.objects.exists()


def test_what_was_typed_is_kept_for_another_device(accepted: Reading, client: Client, world: w.World) -> None:
    said(client, accepted, "save", words="Weak sounds <lazy>.", kind="question")
    assert state_of(accepted) == "accepted"
    page = text_of(at_desk(world.draft_reader).get(where(accepted)))
    assert "Weak sounds &lt;lazy&gt;." in page
    assert page.count("<details open") == 1
    said(client, accepted)
    assert not ReadingDraft.objects.exists()


def test_a_session_that_ended_loses_nothing(accepted: Reading, world: w.World) -> None:
    client = Client()
    assert said(client, accepted).status_code == 302
    client.force_login(world.draft_reader)
    page = text_of(client.get(where(accepted)))
    assert "Weak sounds lazy." in page
    assert "Your session had ended" in page
    assert not ReviewComment.objects.exists()


def test_too_long_a_remark_is_kept_and_said(accepted: Reading, client: Client) -> None:
    response = said(client, accepted, words="x" * 2_001)
    assert response.status_code == 400
    assert "at most 2,000" in text_of(response)
    assert "x" * 2_001 in text_of(response)
    assert "<details open" in text_of(response)


def test_a_form_without_a_button_sends_and_keeps_nothing(accepted: Reading, client: Client) -> None:
    assert said(client, accepted, "").status_code == 400
    assert state_of(accepted) == "accepted"
    assert not ReadingDraft.objects.exists()


def test_sending_twice_sends_once(accepted: Reading, client: Client) -> None:
    said(client, accepted)
    page = text_of(client.post(where(accepted), {"step": "send", SAY: "Again."}, follow=True))
    assert "nothing was sent twice" in page
    assert ReviewComment.objects.count() == 1


def test_who_cannot_go_on_says_so_and_keeps_what_they_wrote(accepted: Reading, client: Client) -> None:
    said(client, accepted, "decline")
    assert state_of(accepted) == "declined"
    assert not ReviewComment.objects.exists()
    assert "Weak sounds lazy." in text_of(client.get(where(accepted)))
