"""Attempts on reviewers' profiles and on the addresses of their pages."""

from datetime import date

from alsinfo.concurrency import clock_now
from conditions.actions import profiling
from conditions.models import Description, Photograph, Profile, ProfileEntry, Reviewer
from tests.refusals.attempts import Act, attempt
from tests.refusals.rows import change, replace, saved
from tests.refusals.scene import Scene


def profile(s: Scene, of: Reviewer | None = None, **but: object) -> Profile:
    """A profile of a reviewer who has none, not saved."""
    return Profile(**{"reviewer": of or s.world.us, **but})


def proposed(s: Scene) -> ProfileEntry:
    """What the UK reviewer proposed, by the action."""
    return profiling.save_profile(s.world.uk, Description("Neurologist"), by=s.world.uk.user).entries.get()


def entry(s: Scene, **but: object) -> ProfileEntry:
    """A proposal for the US reviewer's profile by an editor, who could not make one; not saved."""
    of = but.pop("profile", None) or Profile.objects.get_or_create(reviewer=s.world.us)[0]
    made = {"profile": of, "number": 1, "body": "{}", "proposed_by": s.world.editor, "proposed_at": clock_now()}
    return ProfileEntry(**{**made, **but})


@attempt("conditions_profile.reviewer_id")
def a_second_profile_of_a_reviewer(s: Scene) -> Act:
    saved(profile(s))
    return lambda: profile(s).save(force_insert=True)


@attempt("a_profile_stays_with_its_reviewer")
def giving_a_profile_to_somebody_else(s: Scene) -> Act:
    own = saved(profile(s))
    return lambda: change(own, reviewer=s.world.uk)


@attempt("a_profile_shows_an_approved_entry")
def showing_a_profile_nobody_approved(s: Scene) -> Act:
    waiting = proposed(s)
    return lambda: change(waiting.profile, entry=waiting)


@attempt("a_profile_begins_without_an_entry")
def adding_a_profile_with_the_entry_of_another(s: Scene) -> Act:
    approved = profiling.approve_profile(proposed(s), by=s.world.lead)
    return lambda: profile(s, entry=approved).save(force_insert=True)


@attempt("who_is_away_says_from_when_until_when")
def being_away_without_an_end(s: Scene) -> Act:
    own = saved(profile(s))
    return lambda: change(own, away_from=date(2030, 1, 1))


@attempt("one_profile_entry_per_number")
def a_second_profile_entry_with_the_same_number(s: Scene) -> Act:
    first = proposed(s)
    return lambda: entry(s, profile=first.profile).save(force_insert=True)


@attempt("a_profile_is_approved_after_it_was_proposed")
def adding_an_approved_profile(s: Scene) -> Act:
    return lambda: entry(s, approved_by=s.world.lead, approved_at=clock_now()).save()


@attempt("nobody_approves_the_profile_they_proposed")
def approving_the_profile_one_proposed(s: Scene) -> Act:
    waiting = saved(entry(s))
    return lambda: change(waiting, approved_by=s.world.editor, approved_at=clock_now())


@attempt("nobody_approves_their_own_profile")
def approving_what_is_said_of_oneself(s: Scene) -> Act:
    waiting = saved(entry(s))
    return lambda: change(waiting, approved_by=s.world.us.user, approved_at=clock_now())


@attempt("an_approved_profile_says_who_and_when")
def approving_a_profile_as_nobody(s: Scene) -> Act:
    waiting = saved(entry(s))
    return lambda: change(waiting, approved_at=clock_now())


@attempt("an_approved_profile_stays_approved")
def putting_another_name_under_an_approved_profile(s: Scene) -> Act:
    approved = profiling.approve_profile(proposed(s), by=s.world.lead)
    return lambda: change(approved, approved_by=s.world.other_lead)


@attempt("a_profile_entry_is_erased_with_its_account")
def erasing_what_somebody_wrote_who_works_here(s: Scene) -> Act:
    waiting = proposed(s)
    return lambda: change(waiting, body="")


@attempt("a_profile_entry_is_erased_with_its_account")
def rewriting_what_somebody_wrote_who_left(s: Scene) -> Act:
    waiting = proposed(s)
    change(s.world.uk.user, is_active=False)
    return lambda: change(waiting, body="{}")


@attempt("a_profile_entry_is_erased_with_its_account")
def giving_an_entry_another_photograph(s: Scene) -> Act:
    waiting, other = proposed(s), saved(photograph())
    change(s.world.uk.user, is_active=False)
    return lambda: change(waiting, body="", photograph=other)


def photograph(digest: str = "a" * 64, body: bytes = b"x") -> Photograph:
    """A photograph, not saved."""
    return Photograph(digest=digest, body=body, width=1, height=1)


@attempt("a_photograph_is_never_changed")
def painting_over_a_photograph(s: Scene) -> Act:
    kept = saved(photograph())
    return lambda: change(kept, body=b"y")


@attempt("a_photograph_is_never_replaced")
def replacing_a_photograph(s: Scene) -> Act:
    saved(photograph())
    return lambda: replace(photograph(body=b"y"))


@attempt("who_signed_keeps_their_address")
def moving_the_page_of_somebody_who_signed(s: Scene) -> Act:
    return lambda: change(s.world.uk, slug="somewhere-else")
