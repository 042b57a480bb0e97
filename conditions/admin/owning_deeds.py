"""What an article's buttons do besides its text: hand it over, say how often it is reviewed, copy it, put it away."""

from datetime import date
from typing import Any

from django import forms

from alsinfo.accounts import roles
from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed, Nothing, plain
from conditions.actions import deferring, owning, reusing, review_dates
from conditions.admin.article_deeds import PageForm, PublicReasonForm, open_edition, page_in
from conditions.models import Article, Condition, Edition, Revision
from conditions.models.editions import COVERAGES
from conditions.vocabulary import RiskTier
from organisations.regions import Region


class HandOverForm(forms.Form):
    """Which editor looks after it from now on."""

    to = forms.ModelChoiceField(User.objects.none(), label="New owner")
    note = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="They get it by mail: what is under way, what to know.",
    )

    def __init__(self, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["to"].queryset = roles.holders(Role.EDITOR).order_by("full_name")  # type: ignore[attr-defined]


class RiskForm(forms.Form):
    """How much harm an outdated text could do, and how often it is reviewed for that."""

    risk_tier = forms.ChoiceField(choices=RiskTier.choices, label="Risk")
    review_interval_months = forms.IntegerField(
        min_value=1,
        max_value=36,
        label="Reviewed every … months",
        help_text="High risk: 12 at most, standard 24, low 36. Shorter brings the next review of the pages forward.",
    )
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, article: Article, data: Cleaned | None = None, **options: Any) -> None:
        now = {"risk_tier": article.risk_tier, "review_interval_months": article.review_interval_months}
        super().__init__(data, initial=now, **options)


class EarlierForm(PageForm):
    """An earlier day for the next review."""

    day = forms.DateField(
        label="Review due on",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="Earlier than now. A later day comes with a signature on the whole page.",
    )
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DeferForm(PublicReasonForm):
    """How long a page stays up past its review."""

    until = forms.DateField(
        label="Stays up until", widget=forms.DateInput(attrs={"type": "date"}), help_text="Within the next 90 days."
    )

    field_order = ("until", "reason")


class CopyForm(forms.Form):
    """Which condition the copy is about."""

    condition = forms.ModelChoiceField(
        Condition.objects.filter(article=None), help_text="One that has no article yet; it gets its own addresses."
    )


class RestoreForm(forms.Form):
    """Which earlier text each region starts from again; empty for what it published last."""

    regions = forms.ChoiceField(choices=COVERAGES, label="Written for")

    def __init__(self, article: Article, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        for region in Region:
            field = forms.ModelChoiceField(
                Revision.objects.filter(article=article, region=region), required=False, widget=forms.HiddenInput
            )
            self.fields[f"text_{region.value}"] = field


def hand_over(article: Article, cleaned: Cleaned, by: User) -> str:
    """Give it to another editor."""
    article = owning.hand_over(article, cleaned["to"], by=by, note=cleaned["note"])
    return f"{article.owner} looks after it now, and was told."


def risk(article: Article, cleaned: Cleaned, by: User) -> str:
    """Change risk and interval."""
    chosen = {name: cleaned[name] for name in ("risk_tier", "review_interval_months", "reason")}
    article = review_dates.change_risk(article, by=by, **chosen)
    return f"Risk: {article.get_risk_tier_display()}; reviewed every {article.review_interval_months} months."


def defer(article: Article, cleaned: Cleaned, by: User) -> str:
    """Keep a page up past its review."""
    made = deferring.defer(page_in(article, cleaned), cleaned["until"], by=by, reason=cleaned["reason"])
    return f"Readers get the page, and your reason, until {made.until:%-d %B %Y}."


def earlier(article: Article, cleaned: Cleaned, by: User) -> str:
    """Bring a page's review forward."""
    day: date = cleaned["day"]
    page = review_dates.bring_forward(page_in(article, cleaned), day, by=by, reason=cleaned["reason"])
    return f"The next review of {page} is due on {day:%-d %B %Y}."


def copy(article: Article, cleaned: Cleaned, by: User) -> str:
    """Make an article on another condition from this one's text."""
    made = reusing.duplicate(article, cleaned["condition"], by=by)
    return f"The article on {made} starts with this text and its references. Nothing of it is signed."


def the_copy(article: Article) -> Edition:
    """The first edition of the newest article."""
    return Edition.objects.filter(number=1).order_by("-pk")[0]


def restore(article: Article, cleaned: Cleaned, by: User) -> str:
    """Start an edition from earlier texts."""
    texts = {region: text for region in Region if (text := cleaned[f"text_{region.value}"])}
    edition = reusing.restore(article, texts, by=by, regions=cleaned["regions"])
    return f"Edition {edition.number} is open with the earlier text. It goes the whole way through review again."


def archive(article: Article, cleaned: Cleaned, by: User) -> str:
    """Put it away."""
    owning.archive(article, by=by)
    return "The article is in the archive. The list shows it under the state “Archived”."


def unarchive(article: Article, cleaned: Cleaned, by: User) -> str:
    """Take it out again."""
    owning.unarchive(article, by=by)
    return "The article is out of the archive."


DEEDS = {
    "hand-over": Deed(plain(HandOverForm), hand_over),
    "risk": Deed(RiskForm, risk),
    "defer": Deed(DeferForm, defer),
    "earlier": Deed(EarlierForm, earlier),
    "copy": Deed(plain(CopyForm), copy, leads_to=the_copy),
    "restore": Deed(RestoreForm, restore, leads_to=open_edition),
    "archive": Deed(plain(Nothing), archive),
    "unarchive": Deed(plain(Nothing), unarchive),
}
