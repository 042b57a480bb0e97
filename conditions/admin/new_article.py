"""The form of a new article."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alsinfo.admin.forms import RecordForm
from conditions.models import Article, Condition, Path
from conditions.vocabulary import LONGEST_INTERVAL_MONTHS, RiskTier
from organisations.regions import Region


class NewArticleForm(RecordForm):
    """An article on a condition that has none yet, with its address in each region."""

    condition = forms.ModelChoiceField(Condition.objects.filter(article=None))
    slug_GB = forms.SlugField(label="Address, UK", required=False, max_length=100)
    slug_US = forms.SlugField(
        label="Address, US", required=False, max_length=100, help_text="Empty: the condition’s own."
    )

    class Meta:
        model = Article
        fields = ("condition", "risk_tier", "review_interval_months")

    def clean(self) -> dict[str, Any]:
        """The addresses are free, and the interval is not longer than the risk allows."""
        cleaned = super().clean()
        for region in Region:
            slug = cleaned.get(f"slug_{region.value}") or getattr(cleaned.get("condition"), "slug", "")
            if slug and Path.objects.filter(region=region, slug=slug).exists():
                self.add_error(f"slug_{region.value}", f"The address “{slug}” belongs to another page in this region.")
        tier, months = cleaned.get("risk_tier"), cleaned.get("review_interval_months")
        longest = LONGEST_INTERVAL_MONTHS[RiskTier(tier)] if tier else 0
        if months is not None and tier and not 1 <= months <= longest:
            sentence = f"An article of this risk is reviewed every {longest} months at least."
            self.add_error("review_interval_months", ValidationError(sentence))
        return cleaned
