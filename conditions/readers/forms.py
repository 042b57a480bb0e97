"""What readers fill in."""

from collections.abc import Mapping

from django import forms

from organisations.regions import Region

DAY_FORMATS = {
    Region.GB: ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
    Region.US: ["%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%b %d, %Y"],
}
EXAMPLES = {Region.GB: "31/3/2026", Region.US: "3/31/2026"}


class DayForm(forms.Form):
    """A day on which a page is looked at, typed as people of the region write it."""

    def __init__(self, region: Region, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data, auto_id="page-%s")
        self.fields["on"] = forms.DateField(
            label="See the page as it was on",
            input_formats=DAY_FORMATS[region],
            error_messages={"invalid": f"Enter a day, for example {EXAMPLES[region]}."},
        )
