"""Reviewers' profiles: the reviewer proposes, a clinical lead approves, and readers see what was approved."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from conditions.actions import profiling
from conditions.errors.cataloguing import MissingRole
from conditions.errors.profiling import NotYourProfile, OwnProfile, UnusableProfile
from conditions.models import Description, Profile, ProfileEntry, Reviewer, SignOff
from conditions.policies.profiling import Away
from organisations.errors import AlreadyApproved, NothingNew
from tests import world as w
from tests.at_desk import at_desk, text_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.looks]

PROFILE = "/desk/profile/"
WORDS = Description(
    role="Professor of neurology",
    specialties=("Motor neurone disease",),
    biography="Trained in Leeds.",
    links=("https://orcid.example.org/0000",),
    interests="Advises a charity.",
)
SENT = {
    "role": "Professor of neurology",
    "specialties": "Motor neurone disease\r\n\r\n Sleep ",
    "biography": "Trained in Leeds.",
    "links": "https://orcid.example.org/0000",
    "interests": "Advises a charity.",
    "away_from": "2030-04-20",
    "away_until": "2030-05-03",
}


def propose(reviewer: Reviewer, words: Description = WORDS) -> ProfileEntry:
    profile = profiling.save_profile(reviewer, words, by=reviewer.user)
    entry = profile.entries.first()
    assert entry is not None
    return entry


def now(reviewer: Reviewer) -> Reviewer:
    return Reviewer.objects.select_related("profile__entry").get(pk=reviewer.pk)


def admin(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_readers_see_the_approved_words_until_others_are_approved(world: World) -> None:
    entry = propose(world.uk)
    assert now(world.uk).profile.entry is None
    profiling.approve_profile(entry, by=world.lead)
    assert now(world.uk).profile.entry == entry
    other = propose(world.uk, Description("Neurologist"))
    assert (other.number, now(world.uk).profile.entry) == (2, entry)


def test_an_entry_holds_exactly_what_was_written(world: World) -> None:
    assert propose(world.uk).description == WORDS


def test_an_approved_role_is_printed_with_later_signatures_only(world: World, live: w.Article) -> None:
    profiling.approve_profile(propose(world.uk), by=world.lead)
    w.live(world, w.article(world, "pls", "PLS"))
    roles_printed = SignOff.objects.filter(reviewer=world.uk).order_by("signed_at").values_list("role_title", flat=True)
    assert list(roles_printed) == ["Consultant neurologist", "Professor of neurology"]


def test_only_the_reviewer_proposes(world: World) -> None:
    for person in (world.lead, world.editor, world.administrator, world.superuser, world.us.user):
        with pytest.raises(NotYourProfile):
            profiling.save_profile(world.uk, WORDS, by=person)
    roles.revoke(world.uk.user, Role.REVIEWER, by=None)
    with pytest.raises(NotYourProfile):
        profiling.save_profile(world.uk, WORDS, by=world.uk.user)


def test_only_a_clinical_lead_approves_and_never_themselves(world: World) -> None:
    entry = propose(world.uk)
    for person in (world.editor, world.publisher, world.administrator, world.superuser, world.us.user):
        with pytest.raises(MissingRole):
            profiling.approve_profile(entry, by=person)
    roles.grant(world.uk.user, Role.LEAD, by=None)
    with pytest.raises(OwnProfile):
        profiling.approve_profile(entry, by=world.uk.user)


def test_only_the_newest_proposal_is_approved_and_once(world: World) -> None:
    older, newer = propose(world.uk), propose(world.uk, Description("Neurologist"))
    stale = ProfileEntry.objects.get(pk=newer.pk)
    with pytest.raises(AlreadyApproved):
        profiling.approve_profile(older, by=world.lead)
    profiling.approve_profile(newer, by=world.lead)
    for entry in (newer, stale):
        with pytest.raises(AlreadyApproved):
            profiling.approve_profile(entry, by=world.other_lead)


def test_days_away_need_no_approval_and_are_no_new_proposal(world: World) -> None:
    propose(world.uk)
    away = Away(date(2030, 4, 20), date(2030, 5, 3))
    profile = profiling.save_profile(world.uk, WORDS, away, by=world.uk.user)
    assert (profile.entries.count(), profile.away_until) == (1, away.last)
    days = [date(2030, 4, 19), date(2030, 4, 20), date(2030, 5, 3), date(2030, 5, 4)]
    assert [profile.is_away(day) for day in days] == [False, True, True, False]
    with pytest.raises(NothingNew):
        profiling.save_profile(world.uk, WORDS, away, by=world.uk.user)


@pytest.mark.parametrize(
    "words",
    [
        Description(""),
        Description("Two\nlines"),
        Description("x" * 151),
        Description("Doctor\u202e"),
        Description("Doctor", biography="x" * 2_001),
        Description("Doctor", interests="\x00"),
        Description("Doctor", specialties=("x" * 151,)),
        Description("Doctor", specialties=("x",) * 11),
        Description("Doctor", links=("http://example.org/",)),
        Description("Doctor", links=("javascript:alert(1)",)),
        Description("Doctor", links=('https://example.org/"><script>',)),
        Description("Doctor", links=("https://[",)),
        Description("Doctor", links=("https://nowhere",)),
        Description("Doctor", links=("https://example.org/",) * 11),
    ],
    ids=lambda words: repr(words)[12:60],
)
def test_words_that_cannot_be_shown_are_refused(world: World, words: Description) -> None:
    with pytest.raises(UnusableProfile):
        profiling.save_profile(world.uk, words, by=world.uk.user)
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    "away", [Away(first=date(2030, 1, 1)), Away(last=date(2030, 1, 1)), Away(date(2030, 1, 2), date(2030, 1, 1))]
)
def test_days_away_are_both_given_and_in_order(world: World, away: Away) -> None:
    with pytest.raises(UnusableProfile):
        profiling.save_profile(world.uk, WORDS, away, by=world.uk.user)


def test_a_reviewer_writes_their_profile_at_the_desk(world: World) -> None:
    client = at_desk(world.uk)
    assert 'value="Consultant neurologist"' in text_of(client.get(PROFILE))
    page = client.post(PROFILE, SENT, follow=True)
    assert "A clinical lead looks at what you changed" in text_of(page)
    assert "waits for a clinical lead" in text_of(page)
    entry = ProfileEntry.objects.get()
    assert (entry.proposed_by, entry.description.specialties) == (world.uk.user, ("Motor neurone disease", "Sleep"))
    assert (entry.profile.away_from, entry.profile.away_until) == (date(2030, 4, 20), date(2030, 5, 3))
    assert "Nothing was changed" in text_of(client.post(PROFILE, SENT, follow=True))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("role", "", "Say what you are"),
        ("specialties", "x" * 151, "longer than 150"),
        ("biography", "x" * 2_001, "at most 2,000"),
        ("links", "http://example.org/", "begins with https://"),
        ("away_until", "2030-04-01", "The last day is before the first."),
        ("away_from", "", "Give both days"),
        ("away_from", "soon", "Enter a valid date."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_everything_typed_is_kept(
    world: World, field: str, value: str, sentence: str
) -> None:
    response: Any = at_desk(world.uk).post(PROFILE, SENT | {field: value})
    text = text_of(response)
    assert response.status_code == 400
    assert "<title>Error: " in text and sentence in text
    assert (value if field == "biography" else "Trained in Leeds.") in text
    assert not Profile.objects.exists()


def test_what_was_typed_in_an_ended_session_is_in_the_form_again(world: World) -> None:
    client = Client()
    client.post(PROFILE, SENT)
    client.force_login(world.uk.user)
    text = text_of(client.get(PROFILE))
    assert "Trained in Leeds." in text and "Your session had ended" in text


def test_a_lead_sees_both_entries_and_approves_in_the_admin(world: World) -> None:
    profiling.approve_profile(propose(world.uk, Description("Neurologist")), by=world.lead)
    profile = propose(world.uk).profile
    address = f"/admin/conditions/profile/{profile.pk}/change/"
    client = admin(world.lead)
    assert "entry 2 waits for a clinical lead; entry 1 is shown" in text_of(client.get("/admin/conditions/profile/"))
    text = text_of(client.get(address))
    assert "Trained in Leeds." in text and "Approve this profile" in text
    client.post(address.replace("change", "approve"), {"number": 2})
    assert now(world.uk).role_title == "Professor of neurology"
    assert "Readers see entry 2" in text_of(client.get(address))


def test_an_editor_reads_a_proposal_and_cannot_approve_it(world: World) -> None:
    profile = propose(world.uk).profile
    client = admin(world.editor)
    text = text_of(client.get(f"/admin/conditions/profile/{profile.pk}/change/"))
    assert "Only a person with the role of clinical lead can do this." in text
    client.post(f"/admin/conditions/profile/{profile.pk}/approve/", {"number": 1})
    assert now(world.uk).profile.entry is None


def test_editors_see_who_is_away_and_who_has_open_reviews_where_they_choose(world: World) -> None:
    today = w.today()
    away = Away(today, today + timedelta(days=9))
    profiling.save_profile(world.other_uk, WORDS, away, by=world.other_uk.user)
    w.submit(world, w.draft(world, w.article(world, "als")))
    edition = w.draft(world, w.article(world, "pls", "PLS"))
    text = text_of(admin(world.editor).get(f"/admin/conditions/edition/{edition.pk}/change/"))
    assert f"<dt>Away today,</dt> <dd>until {away.last:%-d %B %Y}</dd>" in text
    assert "<dt>Open reviews:</dt> <dd>1</dd>" in text
    roles.revoke(world.other_uk.user, Role.REVIEWER, by=None)
    assert "Dr Other Uk Reviewer" not in text_of(
        admin(world.editor).get(f"/admin/conditions/edition/{edition.pk}/change/")
    )
