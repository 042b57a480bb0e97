"""What an article's buttons do: start an edition, take a page down, put it back, have it confirmed, move it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned, Deed, plain
from conditions.actions import assigning, cataloguing, drafting, withdrawing
from conditions.admin.candidates import Asked, away_warning
from conditions.admin.edition_deeds import DueForm
from conditions.admin.reviewer_choice import ReviewerChoice
from conditions.models import Article, Edition, Path, RegionalArticle
from conditions.models.editions import COVERAGES
from conditions.vocabulary import EditionState
from organisations.regions import Region


class StartForm(forms.Form):
    """Which regions an edition is for."""

    regions = forms.ChoiceField(choices=COVERAGES, label="Written for")


class PageForm(forms.Form):
    """One of the article's pages."""

    region = forms.ChoiceField(choices=Region.choices, widget=forms.HiddenInput)

    def __init__(self, article: Article, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.article = article


class PublicReasonForm(PageForm):
    """Why a page is taken down."""

    reason = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Readers see it at the page’s address."
    )


class ReasonForm(PageForm):
    """Why a page is put back."""

    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ConfirmForm(PageForm, DueForm):
    """Who is asked to sign the live text again."""

    reviewer = ReviewerChoice()

    def __init__(self, article: Article, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(article, data, **options)
        region = (data or options.get("initial") or {}).get("region")
        if region in Region.values:
            self.order_fields(["reviewer", "due_on"])
            self.fields["reviewer"].offer(Asked(article, Region(region)))  # type: ignore[attr-defined]


class AddressForm(PageForm):
    """Another address."""

    slug = forms.SlugField(label="New address", max_length=100, help_text="The old one will lead to it.")

    def clean(self) -> dict[str, Any]:
        """The address is free, or one of the page's own."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        taken = Path.objects.filter(region=cleaned.get("region"), slug=cleaned.get("slug"))
        if taken.exclude(regional_article__article=self.article).exists():
            raise ValidationError("This address belongs to another page in this region.")
        return cleaned


def page_in(article: Article, cleaned: Cleaned) -> RegionalArticle:
    """The article's page in the region chosen."""
    return article.regional_articles.select_related("article").get(region=cleaned["region"])


def start(article: Article, cleaned: Cleaned, by: User) -> str:
    """Open the next edition."""
    edition = drafting.start(article, by=by, regions=cleaned["regions"])
    return f"Edition {edition.number} is open."


def open_edition(article: Article) -> Edition:
    """The edition that was just started."""
    return article.editions.exclude(state=EditionState.CLOSED).get()


def suspend(article: Article, cleaned: Cleaned, by: User) -> str:
    """Take a page down."""
    page = page_in(article, cleaned)
    withdrawing.suspend(page, by=by, reason=cleaned["reason"])
    return f"{page} is down; readers get help instead."


def lift(article: Article, cleaned: Cleaned, by: User) -> str:
    """Put a page back."""
    page = page_in(article, cleaned)
    withdrawing.lift(page, by=by, reason=cleaned["reason"])
    return f"{page} is back."


def reconfirm(article: Article, cleaned: Cleaned, by: User) -> str:
    """Ask a reviewer to sign the live text again."""
    page = page_in(article, cleaned)
    made = assigning.invite_to_reconfirm(page, cleaned["reviewer"], by=by, due_on=cleaned["due_on"])
    return f"{made.reviewer} was asked to confirm the text for {made.region.label}.{away_warning(made)}"


def address(article: Article, cleaned: Cleaned, by: User) -> str:
    """Move a page; its old addresses lead to the new one."""
    path = cataloguing.change_address(page_in(article, cleaned), cleaned["slug"], by=by)
    return f"The page is at {path} now."


DEEDS = {
    "start": Deed(plain(StartForm), start, leads_to=open_edition),
    "suspend": Deed(PublicReasonForm, suspend),
    "lift": Deed(ReasonForm, lift),
    "reconfirm": Deed(ConfirmForm, reconfirm),
    "address": Deed(AddressForm, address),
}
