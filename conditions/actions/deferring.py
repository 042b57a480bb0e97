"""Keep a page up past its review, on a clinical lead’s public word."""

from datetime import date

from alsinfo.accounts.models import User
from alsinfo.acting import action, insist
from alsinfo.audit.chain import record
from alsinfo.concurrency import clock_now, lock
from conditions.actions.pages import hold_organisations, render_again
from conditions.actions.purging import page_changed
from conditions.models import Deferral, RegionalArticle
from conditions.policies import deferring as policies


@action
def defer(page: RegionalArticle, until: date, *, by: User, reason: str) -> Deferral:
    """Readers go on getting the page until a day, and the reason with it; the day its review was due stays."""
    page = lock(page)
    now = clock_now()
    insist(policies.objection_to_defer(page, until, by=by, reason=reason, today=page.day(now)))
    assert page.last_reviewed_on is not None  # noqa: S101  what is due was reviewed
    made = Deferral.objects.create(
        regional_article=page,
        reviewed_on=page.last_reviewed_on,
        number=policies.deferrals_of(page).count() + 1,
        until=until,
        reason=reason.strip(),
        deferred_by=by,
        deferred_at=now,
    )
    if live := page.live_publication():
        hold_organisations([live.revision.content])
        render_again(live, now=now)
        page_changed(page)  # lists may name it again
    record("defer", page, by=by, reason=f"Until {until}: {reason.strip()}", before=page.state, after=page.state)
    return made
