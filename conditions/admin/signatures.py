"""Signatures: read only; their signer or a lead may withdraw one."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from alsinfo.accounts.models import Role, User
from alsinfo.admin.buttons import Cleaned, Deed, Reason, plain
from alsinfo.admin.permissions import person
from alsinfo.admin.records import RecordAdmin
from conditions.actions import withdrawing
from conditions.models import Revocation, SignOff
from conditions.policies.signing import is_revoked, objection_to_revoke

SOME_REASON = "to be given"


def revoke(sign_off: SignOff, cleaned: Cleaned, by: User) -> str:
    """Withdraw the signature; a live page that rests on it is taken down."""
    withdrawing.revoke(sign_off, by=by, reason=cleaned["reason"])
    page = sign_off.regional_article
    page.refresh_from_db()
    return f"The signature was withdrawn. {page}: {page.get_state_display().lower()}."


@admin.register(SignOff)
class SignOffAdmin(RecordAdmin):
    """Who signed what, exactly."""

    group = "Review"
    place = 5
    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    list_display = ("printed_name", "regional_article", "signed_on", "scope", "is_withdrawn")
    list_filter = ("scope",)
    list_select_related = ("regional_article__article__condition", "revocation")
    ordering = ("-signed_at",)
    fields = (
        ("printed_name", "post_nominals", "role_title", "registration"),
        ("regional_article", "regional_edition", "revision"),
        ("signed_at", "signed_on", "scope", "base", "stands_on"),
        ("meaning", "interests"),
        ("is_withdrawn", "withdrawn_because"),
    )
    readonly_fields = ("is_withdrawn", "withdrawn_because")
    deeds = {"revoke": Deed(plain(Reason), revoke)}

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Also the signer, for their own."""
        is_own = obj is not None and obj.reviewer.user_id == request.user.pk
        return is_own or super().has_view_permission(request, obj)

    @admin.display(description="withdrawn", boolean=True)
    def is_withdrawn(self, sign_off: SignOff) -> bool:
        """Whether it was withdrawn."""
        return hasattr(sign_off, "revocation")

    @admin.display(description="because")
    def withdrawn_because(self, sign_off: SignOff) -> str:
        """Why it was withdrawn."""
        revocation = Revocation.objects.filter(sign_off=sign_off).select_related("revoked_by").first()
        return f"{revocation.reason} ({revocation.revoked_by})" if revocation else ""

    def panel(self, request: HttpRequest, thing: SignOff) -> dict[str, Any]:
        """The one decision."""
        if is_revoked(thing):
            return {}
        objection = objection_to_revoke(thing, by=person(request), reason=SOME_REASON)
        return {"buttons": [self.button("revoke", "Withdraw this signature", thing, objection, is_grave=True)]}
