"""The form with which readers tell us something, and the token that says what it was opened for."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from alsinfo.accounts.forms import form_helper, send_to
from conditions.content.canonical import content_of
from conditions.models import Path, Publication, RegionalArticle
from conditions.models.feedback import LONGEST, ONLY_COUNTED
from conditions.policies.deferring import readable
from conditions.policies.triaging import OF_A_PAGE, Said
from conditions.readers.serving import text_is_whole
from conditions.vocabulary.feedback import FeedbackAbout
from organisations.regions import Region

SALT = "conditions.feedback"
DAY = 24 * 60 * 60  # seconds
TOO_OLD = "This form was open for more than a day, or was not made by this site. Look through it and send it again."
BY_A_PROGRAM = "This form was filled in by a program. If you are a person, look through it and send it again."


@dataclass(frozen=True)
class Opened:
    """What a form is about: a page that readers of the region get now, or the region's site."""

    region: Region
    publication: Publication | None = None
    slug: str = ""

    @property
    def title(self) -> str:
        """The signed title of the page, "" for the site."""
        return str(content_of(self.publication.revision.text)["title"]) if self.publication else ""

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Key and heading of each section."""
        sections = content_of(self.publication.revision.text)["sections"] if self.publication else []
        return [(each["key"], each["heading"]) for each in sections]

    @property
    def address(self) -> str:
        """Where the form is, and is sent."""
        return f"/{self.region.slug}/feedback/" + (f"?page={self.slug}" if self.slug else "")

    @property
    def token(self) -> str:
        """Says for a day what the form was opened for."""
        return signing.dumps([self.region.value, self.publication.pk if self.publication else 0, self.slug], salt=SALT)


def opened_for(region: Region, slug: str) -> Opened:
    """A form for the page at an address; for the site where readers get no page there."""
    live = Publication.objects.filter(ended_at=None, regional_article__in=_pages(region, slug))
    return _opened(region, live.select_related("revision", "regional_article").first(), slug)


def opened_with(region: Region, token: str) -> Opened | None:
    """What a form was opened for, or nothing if the token is not ours or too old; a page taken down since is none."""
    try:
        code, publication, slug = signing.loads(token, salt=SALT, max_age=DAY)
    except (signing.BadSignature, ValueError):
        return None
    if code != region.value:
        return None
    read = Publication.objects.filter(pk=publication, regional_article__in=_readable(region))
    return _opened(region, read.select_related("revision", "regional_article").first(), slug)


def _pages(region: Region, slug: str) -> Any:
    found = Path.objects.filter(region=region, slug=slug[:200], regional_article__in=_readable(region))
    return found.values("regional_article")


def _readable(region: Region) -> QuerySet[RegionalArticle]:
    return readable(region, region.day(timezone.now()))


def _opened(region: Region, publication: Publication | None, slug: str) -> Opened:
    if publication is None or not text_is_whole(publication.revision_id, publication.revision.text):
        return Opened(region)
    return Opened(region, publication, slug)


class FeedbackForm(forms.Form):
    """What a reader says; nobody is asked who they are."""

    about = forms.ChoiceField(
        label="What would you like to tell us?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you would like to tell us."},
    )
    section = forms.ChoiceField(label="Which part of the page?", required=False)
    words = forms.CharField(
        label="What is wrong or missing?",
        required=False,
        help_text="Please leave out your name, your address and whatever else says who you are. We cannot answer.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    could_harm = forms.BooleanField(
        label="This could harm somebody",
        required=False,
        help_text="Tick this if somebody who does what we say could come to harm. It is looked at first.",
    )
    nothing_here = forms.CharField(
        label="Leave this empty", required=False, widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"})
    )
    token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, opened: Opened, **options: Any) -> None:
        super().__init__(auto_id="page-%s", **options)
        self.opened = opened
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            each for each in FeedbackAbout.choices if opened.publication or each[0] not in OF_A_PAGE
        ]
        self.fields["section"].choices = [("", "The whole page"), *opened.sections]  # type: ignore[attr-defined]
        self.initial["token"] = opened.token
        if opened.publication is None:
            del self.fields["section"]
        trap = Div("nothing_here", css_class="visually-hidden", aria_hidden="true")
        self.helper = form_helper("Send", *(name if name != "nothing_here" else trap for name in self.fields))
        self.helper.disable_csrf = True  # there is no cookie to compare with: see ADR 57
        send_to(self.helper, opened.address)

    def clean_words(self) -> str:
        """Not longer than is kept; the browser never cuts it short."""
        words = self.said("other").stored
        if len(words) > LONGEST:
            raise forms.ValidationError(f"This has {len(words):,} characters; at most {LONGEST:,} can be sent.")
        return words

    def clean(self) -> dict[str, Any]:
        """A mistake is put into words, and a program's trap is empty."""
        cleaned = self.cleaned_data
        needs_words = cleaned.get("about") and cleaned["about"] not in ONLY_COUNTED
        if needs_words and "words" not in self.errors and not cleaned.get("words"):
            self.add_error("words", "Write what is wrong, or what you would like to tell us.")
        if cleaned.get("nothing_here"):
            self.refuse(BY_A_PROGRAM)
        return cleaned

    def refuse(self, sentence: str) -> None:
        """Say why it was not taken; everything typed stays, and it can be sent again."""
        self.add_error(None, sentence)
        self.data = {**self.data.dict(), "token": self.opened.token, "nothing_here": ""}  # type: ignore[attr-defined]

    def said(self, about: str = "") -> Said:
        """What the reader says."""
        cleaned = self.cleaned_data
        return Said(
            region=self.opened.region,
            about=about or cleaned["about"],
            words=cleaned.get("words", ""),
            could_harm=cleaned.get("could_harm", False),
            publication=self.opened.publication,
            section=cleaned.get("section", ""),
        )
