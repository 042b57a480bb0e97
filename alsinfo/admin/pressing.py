"""What happens when a button on the page of a thing is pressed: its deed is done, or refused with nothing lost."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from alsinfo.admin.buttons import Button, Deed, Refused, sentences
from alsinfo.admin.permissions import person
from alsinfo.refusals import Refusal


class Pressing(ModelAdmin):
    """An address and a button for each of its deeds, by verb."""

    deeds: ClassVar[dict[str, Deed]] = {}

    def get_urls(self) -> list[URLPattern]:
        """An address for each deed, before Django's own."""
        own = [
            path(
                f"<path:object_id>/{verb}/",
                self.admin_site.admin_view(require_POST(partial(self.deed_view, deed=deed))),
                name=f"{self.opts.app_label}_{self.opts.model_name}_{verb}",
            )
            for verb, deed in self.deeds.items()
        ]
        return [*own, *super().get_urls()]

    def deed_view(self, request: HttpRequest, object_id: str, deed: Deed) -> HttpResponse:
        """Do a deed and go to the page it leads to; one that is refused leaves its page with all that was typed."""
        thing = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        if thing is None:
            raise Http404
        form = deed.form(thing, request.POST)
        said = sentences(form)
        if not said:
            try:
                messages.success(request, deed.act(thing, form.cleaned_data, person(request)))
            except Refusal as refusal:
                said = [str(refusal)]
        for sentence in said:
            messages.error(request, sentence)
        if said and form.visible_fields():
            return self.show_again(request, thing, Refused(request.path, request.POST, said))
        return HttpResponseRedirect(page_of(deed.leads_to(thing) if deed.leads_to and not said else thing))

    def show_again(self, request: HttpRequest, thing: Model, refused: Refused) -> HttpResponse:
        """The page of a thing, on which a button that was pressed in vain holds what was typed into it."""
        request.method, request.POST = "GET", QueryDict()
        request.refused_deed = refused  # type: ignore[attr-defined]
        return self.changeform_view(request, quote(str(thing.pk)), form_url=page_of(thing))

    def button(
        self,
        verb: str,
        label: str,
        thing: Model,
        objection: Refusal | None = None,
        *,
        is_grave: bool = False,
        **options: Any,
    ) -> Button:
        """The button for a deed on a thing; `options` go to its form."""
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{verb}", args=[thing.pk])
        mark = "-".join([verb, *map(str, options.get("initial", {}).values())])
        made = partial(self.deeds[verb].form, thing, auto_id=f"{mark}-%s", **options)
        form, refused = made(), getattr(thing, "refused_deed", None)
        if refused is None or not refused.is_of(url, options.get("initial", {})):
            return Button(label, url, form, objection, is_grave)
        refused.is_shown = True
        return Button(label, url, made(data=refused.again(form)), objection, is_grave, refused)


def page_of(thing: Model) -> str:
    """The address of a thing's page in the admin."""
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
