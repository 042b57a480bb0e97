"""The medical team: readers learn who signed what they read, and nothing that was not published."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role
from alsinfo.guards import engine
from conditions.actions import assigning, cataloguing, drafting, profiling, publishing, withdrawing
from conditions.models import Description, Publication, SignOff
from conditions.policies.profiling import Away
from conditions.vocabulary import Register
from organisations.regions import Region
from tests import world as w
from tests.databases import as_owner
from tests.world import GB, World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

TEAM = "/uk/medical-team/"
UK = "/uk/medical-team/uk-reviewer/"
OTHER_UK = "/uk/medical-team/other-uk-reviewer/"


def text_of(client: Client, address: str) -> str:
    """A page's words with its tags, in one line."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.text.split())


def leave(world: World) -> None:
    """The UK reviewer reviews no longer."""
    cataloguing.change_reviewer(world.uk, by=world.lead, fields={"is_active": False})


def second_version(world: World, title: str) -> Publication:
    """The UK page again, under another title, signed by the other UK reviewer."""
    edition = drafting.start(w.page(world_article()).article, by=world.editor, regions="GB")
    opening = edition.openings.get()
    opening.title = title
    w.write(edition, world.editor, put=[opening], fields={"change_note": "Another title."})
    edition.refresh_from_db()
    row = w.submitting.submit(
        edition, by=world.editor, opened_version=edition.lock_version, reviewers={GB: [world.other_uk]}
    )[0]
    return w.publish(world, row)


def world_article() -> w.Article:
    """The one article of the world."""
    return w.Article.objects.get()


def test_the_team_are_those_who_signed_or_may_sign_for_the_region(client: Client, live: w.Article) -> None:
    team = text_of(client, TEAM)
    assert f'<a href="{UK}">Dr Uk Reviewer</a>' in team
    assert f'<a href="{OTHER_UK}">' in team
    assert "Us Reviewer" not in team
    assert "Uk Reviewer" not in text_of(client, "/us/medical-team/")


def test_a_page_says_who_the_reviewer_is_and_what_was_checked(client: Client, world: World) -> None:
    page = text_of(client, UK)
    check = world.uk.registrations.get().checks.get()
    for part in (
        "<h1>Dr Uk Reviewer</h1>",
        "Consultant neurologist",
        "May sign pages for readers in the United Kingdom.",
        "General Medical Council",
        '<a class="alone" href="https://www.gmc-uk.org/registrants/0000001" rel="external">GMC 0000001</a>',
        "Registered with a licence to practise",
        f'<time datetime="{check.checked_on}">',
        f'<time datetime="{check.valid_until}">',
        "Nothing that is published yet.",
    ):
        assert part in page


def test_everything_signed_and_published_is_listed_under_the_title_that_was_signed(
    client: Client, world: World, live: w.Article
) -> None:
    second_version(world, "Motor neurone disease")
    first, second = text_of(client, UK), text_of(client, OTHER_UK)
    address = "/uk/conditions/als/history/"
    assert f'<a href="{address}#v1">Amyotrophic lateral sclerosis, version 1</a>' in first
    assert f'<a href="{address}#v2">Motor neurone disease, version 2</a>' in second
    assert "Motor neurone disease" not in first
    assert "The whole page, signed <time" in first
    assert 'id="v2"' in client.get(address).text


def test_a_confirmation_is_listed_as_a_version_of_its_own(client: Client, world: World, live: w.Article) -> None:
    again = assigning.invite_to_reconfirm(w.page(world_article()), world.other_uk, by=world.editor)
    assignment = w.accept(again)
    publishing.reconfirm(assignment, w.signing_of(assignment), by=world.other_uk.user)
    assert "Amyotrophic lateral sclerosis, version 2</a>" in text_of(client, OTHER_UK)


def test_a_signature_on_a_text_that_is_not_published_is_nowhere(client: Client, world: World) -> None:
    edition = w.draft(world, w.article(world, "secret", "A secret"))
    opening = edition.openings.get()
    opening.title = "A secret title"
    w.write(edition, world.editor, put=[opening])
    w.sign(w.submit(world, edition)[GB])
    assert SignOff.objects.filter(reviewer=world.uk).exists()
    for address in (TEAM, UK):
        assert "secret" not in text_of(client, address)
    leave(world)
    assert client.get(UK).status_code == 404


def test_a_page_taken_down_is_listed_without_its_title_or_a_link(client: Client, world: World, live: w.Article) -> None:
    withdrawing.suspend(w.page(live), by=world.publisher, reason="A dose was wrong.")
    page = text_of(client, UK)
    assert "A page that has been taken down, version 1" in page
    assert "Amyotrophic" not in page and "/history/" not in page and "A dose was wrong." not in page


def test_a_withdrawn_signature_is_said_to_be_one_without_the_reason(
    client: Client, world: World, live: w.Article
) -> None:
    withdrawing.revoke(SignOff.objects.get(reviewer=world.uk), by=world.lead, reason="Struck off.")
    page = text_of(client, UK)
    assert "withdrawn later" in page and "Struck off" not in page


def test_former_reviewers_stay_with_what_they_signed(client: Client, world: World, live: w.Article) -> None:
    leave(world)
    team, page = text_of(client, TEAM), text_of(client, UK)
    assert team.index("No longer review for us") < team.rindex("Dr Uk Reviewer")
    assert "No longer reviews for us." in page and "version 1</a>" in page
    assert "May sign" not in page


def test_a_reviewer_without_the_role_or_with_a_closed_account_is_a_former_one(
    client: Client, world: World, live: w.Article
) -> None:
    roles.revoke(world.uk.user, Role.REVIEWER, by=None)
    world.us.user.is_active = False
    world.us.user.save()
    assert "No longer reviews for us." in text_of(client, UK)
    assert "No longer reviews for us." in text_of(client, "/us/medical-team/us-reviewer/")


def test_a_check_that_has_run_out_is_shown_as_such(client: Client, world: World, live: w.Article) -> None:
    w.check(world.uk.registrations.get(), world.lead, result="conditions")
    page = text_of(client, UK)
    assert "Registered with conditions" in page and "(not valid today)" in page
    assert "No checked registration is valid today" in page
    w.check(world.other_uk.registrations.get(), world.lead, result="not-found")
    assert client.get(OTHER_UK).status_code == 404


def test_one_who_never_was_public_is_told_from_nobody_by_nothing(client: Client, world: World) -> None:
    leave(world)
    nobody, never = client.get("/uk/medical-team/nobody/"), client.get(UK)
    assert never.status_code == nobody.status_code == 404
    assert (never.content, dict(never.headers)) == (nobody.content, dict(nobody.headers))
    assert client.get("/fr/medical-team/").status_code == client.get("/fr/medical-team/nobody/").status_code == 404


def test_readers_see_the_words_a_lead_approved_and_no_others(client: Client, world: World) -> None:
    words = Description(
        "Professor of neurology",
        ("Motor neurone disease",),
        "Trained in Leeds.\n\nWorks in York & <b>Hull</b>.",
        ("https://orcid.example.org/0000",),
        "Advises a charity.",
    )
    away = Away(w.today(), w.today() + timedelta(days=3))
    entry = profiling.save_profile(world.uk, words, away, by=world.uk.user).entries.get()
    for part in ("Professor", "Leeds", "charity", "orcid"):
        assert part not in text_of(client, UK)
    profiling.approve_profile(entry, by=world.lead)
    page = text_of(client, UK)
    for part in (
        "Professor of neurology",
        "Motor neurone disease",
        "Works in York &amp; &lt;b&gt;Hull&lt;/b&gt;.",
        '<a href="https://orcid.example.org/0000" rel="external">',
        "Advises a charity.",
    ):
        assert part in page
    assert "away" not in page.lower()


@pytest.mark.parametrize("address", [TEAM, UK])
def test_the_pages_are_kept_by_caches_and_set_no_cookie(
    client: Client, world: World, live: w.Article, address: str
) -> None:
    client.force_login(world.uk.user)
    response = client.get(address)
    assert response.headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=30"
    assert not response.cookies and "Cookie" not in response.headers.get("Vary", "")
    assert client.post(address).status_code == 405


ALTERATIONS = {
    "name": "UPDATE conditions_signoff SET printed_name = 'Dr Nobody'",
    "role": "UPDATE conditions_signoff SET role_title = 'Professor'",
    "day": "UPDATE conditions_signoff SET signed_on = '2020-01-01'",
}


@pytest.mark.parametrize("part", ALTERATIONS)
def test_an_altered_signature_is_never_shown_and_raises_an_alarm(
    client: Client, live: w.Article, part: str, caplog: pytest.LogCaptureFixture
) -> None:
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute(ALTERATIONS[part])
    for address in (TEAM, UK):
        caplog.clear()
        with caplog.at_level(logging.CRITICAL, "alsinfo.alarm"):
            response = client.get(address)
        assert (response.status_code, response.headers["Cache-Control"]) == (503, "no-store")
        assert address in caplog.text


def test_an_altered_text_is_not_listed_by_its_title(client: Client, live: w.Article) -> None:
    with as_owner(), connection.cursor() as cursor:
        engine.drop(connection)
        cursor.execute("UPDATE conditions_revision SET text = replace(text, 'Amyotrophic', 'Another')")
    response = client.get(UK)
    assert response.status_code == 503
    assert "Another" not in response.text


@pytest.mark.parametrize("address", [TEAM, UK])
def test_more_signatures_and_people_ask_the_database_no_more_often(
    client: Client, world: World, live: w.Article, address: str
) -> None:
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for slug in ("pls", "pma", "pbp"):
        w.live(world, w.article(world, slug, slug.upper()))
    w.reviewer("fourth-uk-reviewer", Register.GMC, "0000004", world.lead)
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(before) == len(after) <= 10


@pytest.mark.parametrize("region", list(Region))
def test_an_article_and_its_history_link_to_who_signed(client: Client, live: w.Article, region: Region) -> None:
    link = f'<a href="/{region.slug}/medical-team/{region.slug}-reviewer/">Dr {region.slug.title()} Reviewer</a>'
    article = client.get(f"/{region.slug}/conditions/als/").text
    assert article.count(link) == 2
    assert link in client.get(f"/{region.slug}/conditions/als/history/").text
    assert f'<a href="/{region.slug}/medical-team/">Medical team</a>' in article


@pytest.mark.parametrize(
    "address",
    ["corrections", "editorial-process", "feedback", "search", "organisations", "conditions", "about", "medical-team"],
)
def test_every_page_of_a_region_is_found_without_its_slash(client: Client, address: str) -> None:
    answer = client.get(f"/us/{address}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/us/{address}/")


def test_an_address_without_its_slash_leads_on(client: Client) -> None:
    for address in (TEAM, UK):
        assert client.get(address.rstrip("/")).headers["Location"] == address
