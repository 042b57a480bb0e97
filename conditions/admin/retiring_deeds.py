"""What an article's buttons do for good: withdraw a page, lead it elsewhere, bring it back."""

from typing import Any

from django import forms

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned, Deed
from conditions.actions import retiring
from conditions.admin.article_deeds import PageForm, PublicReasonForm, ReasonForm, page_in
from conditions.models import Article, RegionalArticle
from conditions.vocabulary import PageState
from organisations.regions import Region


class PageChoice(forms.ModelChoiceField):
    """Another page that readers of the region get."""

    def __init__(self, **options: Any) -> None:
        super().__init__(RegionalArticle.objects.none(), **options)

    def offer(self, article: Article, region: str | None) -> None:
        """The live pages of other articles in the region."""
        live = RegionalArticle.objects.filter(region=region, state=PageState.LIVE).exclude(article=article)
        self.queryset = live.select_related("article__condition").order_by("article__condition__name")

    def label_from_instance(self, obj: Any) -> str:
        """The name of its condition."""
        return str(obj.article)


class WithdrawalForm(PublicReasonForm):
    """Why a page goes for good, and what readers are offered instead."""

    alternative = PageChoice(required=False, label="Read instead", help_text="A page that readers are offered.")

    def __init__(self, article: Article, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(article, data, **options)
        offered = (data or options.get("initial") or {}).get("region")
        self.fields["alternative"].offer(article, offered)  # type: ignore[attr-defined]


class RedirectionForm(ReasonForm):
    """Which page readers are led to."""

    target = PageChoice(label="Leads to")

    def __init__(self, article: Article, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(article, data, **options)
        self.order_fields(["target", "reason"])
        offered = (data or options.get("initial") or {}).get("region")
        self.fields["target"].offer(article, offered)  # type: ignore[attr-defined]


def propose_withdrawal(article: Article, cleaned: Cleaned, by: User) -> str:
    """Propose to take a page down for good."""
    page, instead = page_in(article, cleaned), cleaned["alternative"]
    retiring.propose_withdrawal(page, by=by, reason=cleaned["reason"], alternative=instead)
    return f"A second person was asked to agree. Until then readers of {page} get what they got."


def withdraw(article: Article, cleaned: Cleaned, by: User) -> str:
    """Agree to take a page down for good."""
    page = page_in(article, cleaned)
    retiring.withdraw(page, by=by)
    return f"{page} is withdrawn; readers get the reason and help instead."


def redirect(article: Article, cleaned: Cleaned, by: User) -> str:
    """Lead readers elsewhere."""
    page, target = page_in(article, cleaned), cleaned["target"]
    retiring.redirect(page, target, by=by, reason=cleaned["reason"])
    return f"{page} leads to {target} now."


def propose_reinstatement(article: Article, cleaned: Cleaned, by: User) -> str:
    """Propose to bring a page back."""
    retiring.propose_reinstatement(page_in(article, cleaned), by=by, reason=cleaned["reason"])
    return "A second person was asked to agree."


def reinstate(article: Article, cleaned: Cleaned, by: User) -> str:
    """Agree to bring a page back."""
    page = page_in(article, cleaned)
    retiring.reinstate(page, by=by)
    return f"{page} comes back when a text that is signed from now on is published."


def drop_proposal(article: Article, cleaned: Cleaned, by: User) -> str:
    """Let nothing come of a proposal."""
    page = retiring.drop_proposal(page_in(article, cleaned), by=by)
    return f"Nothing comes of it: {Region(page.region).label} readers get what they got."


DEEDS = {
    "propose-withdrawal": Deed(WithdrawalForm, propose_withdrawal),
    "withdraw": Deed(PageForm, withdraw),
    "redirect": Deed(RedirectionForm, redirect),
    "propose-reinstatement": Deed(ReasonForm, propose_reinstatement),
    "reinstate": Deed(PageForm, reinstate),
    "drop-proposal": Deed(PageForm, drop_proposal),
}
