"""What the page of an article shows: where it stands in each region, and every button."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Button
from alsinfo.admin.records import RecordAdmin
from alsinfo.concurrency import clock_now
from alsinfo.refusals import Refusal
from conditions.content.currency import in_words
from conditions.models import Article, Deferral, Publication, RegionalArticle, Reinstatement, Withdrawal
from conditions.page_facts import canonical_slug
from conditions.policies import cataloguing, deferring, drafting, owning, retiring, reusing, review_dates
from conditions.policies import withdrawing as policies
from conditions.policies.roles import objection_without
from conditions.rendering import article_path
from conditions.vocabulary import PageState
from organisations.regions import Region

SOME_REASON = "to be given"


@dataclass(frozen=True)
class PageCard:
    """A regional article with what readers get, and its buttons."""

    page: RegionalArticle
    region: Region
    live: Publication | None
    address: str
    suspension: Any
    withdrawal: Any
    proposal: Any
    due: str
    deferral: Deferral | None
    buttons: list[Button]


@dataclass(frozen=True)
class Panel:
    """The page of an article for one person."""

    admin: RecordAdmin
    article: Article
    by: User

    def context(self) -> dict[str, Any]:
        """What the template shows."""
        pages = self.article.regional_articles.select_related("article__condition")
        return {
            "cards": [self._card(page) for page in pages],
            "editions": self.article.editions.select_related("started_by"),
            "start": self._button("start", "Start an edition", drafting.objection_to_start(self.article, by=self.by)),
            "buttons": self._buttons(),
        }

    def _buttons(self) -> list[Button]:
        article, by = self.article, self.by
        away = (
            self._button("archive", "Put into the archive", owning.objection_to_archive(article, by=by))
            if article.archived_at is None
            else self._button("unarchive", "Take out of the archive", owning.objection_to_unarchive(article, by=by))
        )
        return [
            self._button("hand-over", "Hand over", owning.objection_to_hand_any_over(by=by)),
            self._button("risk", "Change risk and interval", review_dates.objection_to_change_any_risk(by=by)),
            self._button("copy", "Copy for another condition", reusing.objection_to_copy(article, by=by)),
            away,
        ]

    def _card(self, page: RegionalArticle) -> PageCard:
        region, slug, day = Region(page.region), canonical_slug(page), page.next_review_due_on
        return PageCard(
            page=page,
            region=region,
            live=page.live_publication(),
            address=article_path(region, slug) if slug else "",
            suspension=policies.open_suspension(page),
            withdrawal=retiring.withdrawal_of(page),
            proposal=retiring.proposal_for(page),
            due=in_words(day, page.day(clock_now())) if day else "",
            deferral=deferring.standing_deferral(page),
            buttons=self._page_buttons(page),
        )

    def _page_buttons(self, page: RegionalArticle) -> list[Button]:
        by, of, today, buttons = self.by, {"region": page.region}, page.day(clock_now()), []
        if page.state == PageState.LIVE:
            objection = policies.objection_to_suspend(page, by=by, reason=SOME_REASON)
            buttons.append(self._button("suspend", "Take this page down", objection, initial=of, is_grave=True))
        if page.state == PageState.SUSPENDED:
            objection = policies.objection_to_lift(page, by=by, reason=SOME_REASON, today=today)
            buttons.append(self._button("lift", "Put this page back", objection, initial=of))
        if page.state in (PageState.LIVE, PageState.SUSPENDED):
            objection = objection_without(by, Role.EDITOR, Role.LEAD)
            buttons.append(self._button("reconfirm", "Ask to confirm the text", objection, initial=of))
            objection = _objection_to_any_earlier_day(page, by, today)
            buttons.append(self._button("earlier", "Bring the next review forward", objection, initial=of))
            if page.next_review_due_on and page.next_review_due_on <= today:
                objection = deferring.objection_to_defer_at_all(page, by=by, today=today)
                buttons.append(self._button("defer", "Keep it up past its review", objection, initial=of))
        buttons += self._retiring_buttons(page, of)
        objection = cataloguing.objection_to_catalogue(by=by)
        return [*buttons, self._button("address", "Change the address", objection, initial=of)]

    def _retiring_buttons(self, page: RegionalArticle, of: dict[str, str]) -> list[Button]:
        """What takes a page away for good, or brings it back; what waits for a second person comes first."""
        by, proposal, buttons = self.by, retiring.proposal_for(page), []
        if page.state in retiring.PUBLIC:
            if isinstance(proposal, Withdrawal):
                objection = retiring.objection_to_withdraw(page, by=by)
                buttons.append(self._button("withdraw", "Agree to withdraw it", objection, initial=of, is_grave=True))
            else:
                objection = retiring.objection_to_propose_withdrawal(page, by=by, reason=SOME_REASON)
                buttons.append(self._button("propose-withdrawal", "Propose to withdraw it", objection, initial=of))
            objection = retiring.objection_to_redirect_at_all(page, by=by)
            buttons.append(self._button("redirect", "Lead it to another page", objection, initial=of, is_grave=True))
        elif page.state in retiring.RETIRED:
            if isinstance(proposal, Reinstatement):
                objection = retiring.objection_to_reinstate(page, by=by)
                buttons.append(self._button("reinstate", "Agree to bring it back", objection, initial=of))
            else:
                objection = retiring.objection_to_propose_reinstatement(page, by=by, reason=SOME_REASON)
                buttons.append(self._button("propose-reinstatement", "Propose to bring it back", objection, initial=of))
        if proposal is not None:
            objection = retiring.objection_to_drop_proposal(page, by=by)
            buttons.append(self._button("drop-proposal", "Drop the proposal", objection, initial=of))
        return buttons

    def _button(self, verb: str, label: str, objection: Refusal | None, **options: Any) -> Button:
        return self.admin.button(verb, label, self.article, objection, **options)


def _objection_to_any_earlier_day(page: RegionalArticle, by: User, today: date) -> Refusal | None:
    """Whether there is a day to choose: from today to the day before the one agreed."""
    latest = (page.next_review_due_on or today) - timedelta(days=1)
    return review_dates.objection_to_bring_forward(page, max(latest, today), by=by, reason=SOME_REASON, today=today)
