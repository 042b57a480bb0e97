"""A photograph: sent at the desk, approved with the profile, served from our own host, gone with its person."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from alsinfo.accounts import people
from alsinfo.accounts.models import User
from conditions.actions import leaving, profiling
from conditions.models import Description, Photograph, ProfileEntry, Reviewer
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.pages import signed_in
from tests.refusals.rows import change
from tests.test_profiles import PROFILE, SENT
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]
PAGE = "/uk/medical-team/uk-reviewer/"


@pytest.fixture
def world(world: World, live: w.Article) -> World:
    """A world with a live article."""
    return world


def upload(colour: str = "navy", size: tuple[int, int] = (600, 300)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile("IMG_0001.jpg", out.getvalue(), "image/jpeg")


def send(reviewer: Reviewer, **changes: Any) -> Any:
    return at_desk(reviewer).post(PROFILE, {**SENT, **changes}, follow=True)


def approve(world: World) -> None:
    profiling.approve_profile(ProfileEntry.objects.latest("pk"), by=world.lead)


def address() -> str:
    return f"/photographs/{ProfileEntry.objects.latest('pk').photograph_id}.webp"


def test_readers_get_a_photograph_once_a_lead_approved_it(client: Client, world: World) -> None:
    page = send(world.uk, photograph=upload())
    assert 'enctype="multipart/form-data"' in page.text
    assert 'src="data:image/webp;base64,' in page.text
    assert "photographs" not in client.get(PAGE).text
    assert client.get(address()).status_code == 404
    approve(world)
    tag = f'<img class="photograph" src="{address()}" width="400" height="200" alt="Photograph of Dr Uk Reviewer">'
    shown = client.get(PAGE)
    assert tag in shown.text
    assert "img-src 'self'" in shown.headers["Content-Security-Policy"]
    answer = client.get(address())
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=2592000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(answer.content)).size == (400, 200)
    assert not answer.cookies


def test_a_lead_sees_the_photograph_before_approving_it(world: World) -> None:
    send(world.uk, photograph=upload())
    profile = ProfileEntry.objects.get().profile
    text = signed_in(world.lead).get(f"/admin/conditions/profile/{profile.pk}/change/").text
    assert "Readers see: photograph: none" in text
    assert 'alt="Photograph of Dr Uk Reviewer, proposed"' in text


def test_a_photograph_stays_with_new_words_until_it_is_taken_away(client: Client, world: World) -> None:
    send(world.uk, photograph=upload())
    approve(world)
    first = address()
    send(world.uk, biography="Trained in York.")
    approve(world)
    assert (address(), client.get(first).status_code) == (first, 200)
    send(world.uk, biography="Trained in York.", is_without_photograph="on")
    assert client.get(first).status_code == 200
    approve(world)
    assert client.get(first).status_code == 404
    assert "photographs" not in client.get(PAGE).text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (SimpleUploadedFile("me.jpg", b"hello"), "This is not a picture we can read. Send a JPEG, PNG or WebP."),
        (SimpleUploadedFile("me.jpg", b""), "This file is empty."),
        (SimpleUploadedFile("me.jpg", b"x" * 5_300_000), "This picture is larger than 5 MB."),
        (SimpleUploadedFile("me.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"), "not a picture"),
    ],
    ids=["text", "empty", "too large", "drawing"],
)
def test_a_photograph_that_is_refused_leaves_everything_typed(
    world: World, sent: SimpleUploadedFile, sentence: str
) -> None:
    page = at_desk(world.uk).post(PROFILE, {**SENT, "photograph": sent})
    assert page.status_code == 400
    assert sentence in text_of(page)
    assert 'href="#page-photograph"' in page.text and 'id="page-photograph"' in page.text
    for typed in ("Professor of neurology", "Trained in Leeds.", "2030-04-20"):
        assert typed in text_of(page)
    assert not Photograph.objects.exists()


def test_a_photograph_altered_in_the_database_is_not_shown(client: Client, world: World) -> None:
    send(world.uk, photograph=upload())
    approve(world)
    kept = Photograph.objects.get()
    forged = Photograph.objects.create(digest="f" * 64, body=kept.body, width=1, height=1)
    profiling.save_profile(world.uk, Description("Neurologist", photograph=forged.digest), by=world.uk.user)
    approve(world)
    assert client.get(address()).status_code == 503


def test_post_nominals_are_written_by_the_reviewer_and_printed_once_approved(client: Client, world: World) -> None:
    send(world.uk, post_nominals="MBBS, FRCP")
    assert "FRCP" not in client.get(PAGE).text
    approve(world)
    assert "MBBS, FRCP" in client.get(PAGE).text
    assert w.live(world, w.article(world, "pls", "PLS"))
    assert Reviewer.objects.get(pk=world.uk.pk).sign_offs.latest("pk").post_nominals == "MBBS, FRCP"
    refused = at_desk(world.uk).post(PROFILE, {**SENT, "post_nominals": "x" * 101})
    assert "at most 100 characters" in text_of(refused)


def test_reviewers_see_their_registrations_as_checked_and_their_workload(world: World) -> None:
    w.submit(world, w.draft(world, w.article(world, "pls", "PLS")))
    text = text_of(at_desk(world.uk).get(PROFILE))
    assert re.search(r'<a href="https://www.gmc-uk.org/[^"]+" rel="external">GMC 0000001</a>', text)
    assert "valid until" in text
    assert "1 open review</a> and gave 1 signature in the last twelve months" in text


# Erasure


def leave(world: World, reviewer: Reviewer) -> User:
    leaving.leave(reviewer.user, by=world.administrator)
    return leaving.erase(User.objects.get(pk=reviewer.user_id), by=world.administrator)


def test_what_a_reviewer_said_of_themselves_goes_with_their_data_and_what_they_signed_stays(
    client: Client, world: World
) -> None:
    send(world.uk, photograph=upload(), interests="Owns a canary.")
    approve(world)
    send(world.uk, photograph=upload("red"), biography="Another canary.")
    shown = f"/photographs/{ProfileEntry.objects.first().profile.entry.photograph_id}.webp"  # type: ignore[union-attr]
    leave(world, world.uk)
    assert not Photograph.objects.exists()
    assert ProfileEntry.objects.filter(body="", photograph=None).count() == ProfileEntry.objects.count() == 2
    page = client.get(PAGE)
    assert "Dr Uk Reviewer" in page.text and "GMC 0000001" in page.text and "version 1" in page.text
    assert "canary" not in page.text and "Leeds" not in page.text
    assert client.get(shown).status_code == 404
    lead = signed_in(world.lead)
    for entry in ProfileEntry.objects.all():
        assert lead.get(f"/admin/conditions/profileentry/{entry.pk}/change/").status_code == 200
    assert lead.get(f"/admin/conditions/profile/{entry.profile_id}/change/").status_code == 200


def test_a_photograph_that_two_people_show_stays_with_the_other(world: World) -> None:
    for reviewer in (world.uk, world.other_uk):
        send(reviewer, photograph=upload())
    leave(world, world.uk)
    assert Photograph.objects.count() == 1


def test_who_signed_nothing_leaves_no_name(world: World) -> None:
    leave(world, world.other_uk)
    found = Reviewer.objects.get(pk=world.other_uk.pk)
    assert (found.slug, found.printed_name) == (f"former-{found.pk}", f"Former reviewer {found.pk}")


def test_only_a_closed_accounts_data_are_erased(world: World) -> None:
    with pytest.raises(people.StillOpen):
        leaving.erase(world.uk.user, by=world.administrator)
    change(world.uk.user, is_active=False)
    with pytest.raises(people.NotAnAdministrator):
        leaving.erase(User.objects.get(pk=world.uk.user_id), by=world.lead)
