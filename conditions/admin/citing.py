"""Cite a work: find it in the library or bring it in, and put it where it is cited, without leaving the text.

Every step is a page and works without a script; `writing.js` shows the same page in a dialogue and puts the citation
where the cursor is, so that nothing is saved before the editor says so.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from alsinfo.accounts.models import User
from alsinfo.admin.buttons import Cleaned
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from alsinfo.refusals import Refusal
from conditions.actions import drafting
from conditions.actions.drafting import Change
from conditions.content.keys import suggested_key
from conditions.importing import pasted
from conditions.lookups import look_up
from conditions.models import Citation, Edition, Reference, Section
from conditions.rendering import reference_line

CITE = "_cite"
MOST_SHOWN = 20
MOST_WORDS = 8
NUMBER = re.compile(r"[0-9]{1,18}")  # a key that every database takes


class SearchForm(forms.Form):
    """What to look for, where the citation goes, whether the script puts it there, works to show before all others."""

    q = forms.CharField(max_length=200, required=False, label="Words of the title, an author, a year, a DOI")
    section = forms.IntegerField(required=False, widget=forms.HiddenInput)
    insert = forms.BooleanField(required=False, widget=forms.HiddenInput)
    works = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)


class DescribedForm(forms.Form):
    """A work that the library may not have."""

    described = forms.CharField(
        max_length=200_000,
        strip=True,
        label="DOI, PMID, or a reference",
        help_text="Paste a DOI or PMID, or references as RIS, BibTeX, PubMed (nbib) or CSL-JSON.",
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )


class CiteForm(forms.Form):
    """Which work, in which section; without one it only joins the references."""

    reference = forms.ModelChoiceField(Reference.objects.all(), widget=forms.HiddenInput)
    section = forms.ModelChoiceField(Section.objects.none(), required=False, widget=forms.HiddenInput)
    opened_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, edition: Edition, data: Cleaned | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["section"].queryset = edition.sections.all()  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Work:
    """A work of the library as it can be cited here, under the key it has or would get."""

    reference: Reference
    line: str
    key: str
    is_here: bool


def cite(edition: Edition, cleaned: Cleaned, by: User) -> str:
    """Put a work among the references, and its citation at the end of the section."""
    (work,) = works_of(edition, [cleaned["reference"]])
    section: Section | None = cleaned["section"]
    put: list[Any] = [] if work.is_here else [Citation(key=work.key, reference=work.reference)]
    if section is not None:
        section.body = f"{section.body} [@{work.key}]".lstrip()
        put.append(section)
    drafting.save(edition, Change(put=put), by=by, opened_version=cleaned["opened_version"])
    where = f"stands at the end of “{section.heading}”" if section is not None else "is among the references"
    return f"[@{work.key}] {where}. Saved."


def works_of(edition: Edition, references: Iterable[Reference]) -> list[Work]:
    """The works with the keys they have in the edition, or would get."""
    keys = {citation.reference_id: citation.key for citation in edition.citations.all()}
    return [
        Work(
            reference,
            str(reference_line(reference.description)),
            keys.get(reference.pk) or suggested_key(reference.csl, keys.values()),
            reference.pk in keys,
        )
        for reference in references
    ]


def matching(query: str) -> QuerySet[Reference]:
    """The works whose description has every word of the query."""
    found = Reference.objects.standing().annotate(text=Cast("csl", TextField()))
    for word in query.split()[:MOST_WORDS]:
        as_stored = json.dumps(word)[1:-1]  # SQLite keeps the description with its accents escaped
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(text__icontains=as_stored))
    return found


def works_page(admin: RecordAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Works to cite in a draft; a POST brings works into the library."""
    edition = admin.get_object(request, object_id)
    if not admin.has_change_permission(request, edition):
        raise PermissionDenied
    if edition is None:
        raise Http404
    form = DescribedForm(request.POST or None) if request.method == "POST" else DescribedForm()
    if request.method == "POST" and form.is_valid():
        try:
            added = pasted.bring_in(form.cleaned_data["described"], by=person(request), look_up=look_up)
        except Refusal as refusal:
            form.add_error("described", str(refusal))
        else:
            section, insert = request.GET.get("section", ""), request.GET.get("insert", "")
            return HttpResponseRedirect(address(edition, section, added, insert=insert))
    return TemplateResponse(request, "admin/conditions/works.html", _context(admin, request, edition, form))


def address(edition: Edition, section: str = "", works: Iterable[Reference] = (), *, insert: str = "") -> str:
    """The page on which a work is chosen for a section, with these works first."""
    query = QueryDict(mutable=True)
    keys = ",".join(str(work.pk) for work in works)
    query.update({"section": section, **({"works": keys} if keys else {}), **({"insert": insert} if insert else {})})
    return f"{reverse('admin:conditions_edition_works', args=[edition.pk])}?{query.urlencode()}"


def _context(admin: RecordAdmin, request: HttpRequest, edition: Edition, form: DescribedForm) -> dict[str, Any]:
    search = SearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    keys = str(asked.get("works") or "").split(",")[:MOST_SHOWN]
    first = [int(key) for key in keys if NUMBER.fullmatch(key)]
    query = asked.get("q") or ""
    if first:
        references: QuerySet[Reference] = Reference.objects.filter(pk__in=first)
    elif query:
        references = matching(query)
    else:
        references = Reference.objects.filter(citations__edition=edition).distinct()
    shown = list(references[: MOST_SHOWN + 1])
    section = edition.sections.filter(pk=asked.get("section") or 0).first()
    return {
        **admin.admin_site.each_context(request),
        "title": f"Cite a work in “{section.heading}”" if section else "Cite a work",
        "edition": edition,
        "section": section,
        "search": SearchForm(initial={"q": query, "section": section.pk if section else "", "insert": "1"}),
        "inserts": asked.get("insert", False),
        "described": form,
        "query": query,
        "is_new": bool(first),
        "works": works_of(edition, shown[:MOST_SHOWN]),
        "is_cut": len(shown) > MOST_SHOWN,
        "cite_url": reverse("admin:conditions_edition_cite", args=[edition.pk]),
    }
