"""What happened: read only, for everyone who writes, publishes or leads."""

from typing import ClassVar

from django.contrib import admin

from alsinfo.accounts.models import Role
from alsinfo.admin.records import RecordAdmin
from conditions.models import (
    ChangeNote,
    Contribution,
    Correction,
    Deferral,
    DissentNote,
    Lift,
    Overruling,
    Publication,
    Redirection,
    RegionalEdition,
    Reinstatement,
    Revision,
    Revocation,
    Suspension,
    Withdrawal,
)


class HistoryAdmin(RecordAdmin):
    """Rows that nobody adds, changes or deletes here."""

    readers = (Role.EDITOR, Role.PUBLISHER, Role.LEAD)
    ordering = ("-pk",)


@admin.register(RegionalEdition)
class RegionalEditionAdmin(HistoryAdmin):
    """Texts on their way through review, round by round."""

    place = 1
    list_display = ("__str__", "state", "submitted_by", "submitted_at")
    list_filter = ("state", "region")
    list_select_related = ("edition__article__condition", "submitted_by")
    fields = (
        ("edition", "region", "round", "state", "revision"),
        ("change_note", "correction", "wrong_since"),
        ("submitted_by", "submitted_at", "publish_at", "scheduled_by", "failure"),
    )


@admin.register(Revision)
class RevisionAdmin(HistoryAdmin):
    """Texts as they were sent to review."""

    place = 2
    list_display = ("__str__", "article", "region")
    list_filter = ("region",)
    list_select_related = ("article__condition",)
    fields = ("digest", "article", "region", "schema", "text")


@admin.register(Publication)
class PublicationAdmin(HistoryAdmin):
    """Versions that readers got."""

    place = 3
    list_display = ("__str__", "published_by", "published_at", "ended_at")
    list_select_related = ("regional_article__article__condition", "published_by")
    fields = (
        ("regional_article", "sequence", "revision"),
        ("regional_edition", "assignment"),
        ("published_by", "published_at", "published_on", "ended_at"),
    )


@admin.register(ChangeNote)
class ChangeNoteAdmin(HistoryAdmin):
    """What readers were told about each version."""

    place = 4
    list_display = ("publication", "text")
    list_select_related = ("publication__regional_article__article__condition",)
    fields = ("publication", "text")


@admin.register(Correction)
class CorrectionAdmin(HistoryAdmin):
    """What readers had been told wrongly, and since when."""

    place = 4
    list_display = ("publication", "text", "since")
    list_select_related = ("publication__regional_article__article__condition",)
    fields = ("publication", "text", "since")


@admin.register(Contribution)
class ContributionAdmin(HistoryAdmin):
    """Who wrote for which edition and region."""

    place = 5
    list_display = ("edition", "region", "user", "made_at")
    list_select_related = ("edition__article__condition", "user")
    fields = ("edition", "region", "user", "made_at")


@admin.register(Suspension)
class SuspensionAdmin(HistoryAdmin):
    """Pages taken down."""

    place = 6
    list_display = ("regional_article", "suspended_by", "suspended_at", "reason")
    list_select_related = ("regional_article__article__condition", "suspended_by")
    fields = ("regional_article", "suspended_by", "suspended_at", "reason")


@admin.register(Lift)
class LiftAdmin(HistoryAdmin):
    """Pages put back."""

    place = 7
    list_display = ("suspension", "lifted_by", "lifted_at", "reason")
    list_select_related = ("suspension__regional_article__article__condition", "lifted_by")
    fields = ("suspension", "lifted_by", "lifted_at", "reason")


@admin.register(Revocation)
class RevocationAdmin(HistoryAdmin):
    """Signatures withdrawn."""

    place = 8
    list_display = ("sign_off", "revoked_by", "revoked_at", "reason")
    list_select_related = ("sign_off", "revoked_by")
    fields = ("sign_off", "revoked_by", "revoked_at", "reason")


@admin.register(Overruling)
class OverrulingAdmin(HistoryAdmin):
    """Requests for changes that a clinical lead overruled."""

    place = 9
    list_display = ("assignment", "overruled_by", "overruled_at", "reason")
    list_select_related = (
        "assignment__reviewer",
        "assignment__regional_article__article__condition",
        "overruled_by",
    )
    fields = ("assignment", "overruled_by", "overruled_at", "reason", "note_proposed_by", "note_proposed_at")


@admin.register(DissentNote)
class DissentNoteAdmin(HistoryAdmin):
    """What overruled reviewers agreed to have published."""

    place = 10
    list_display = ("printed_name", "overruling", "agreed_on")
    list_select_related = (
        "overruling__assignment__reviewer",
        "overruling__assignment__regional_article__article__condition",
    )
    fields = ("overruling", "text", "printed_name", "post_nominals", "role_title", "registration", "agreed_at")


class ProposalAdmin(HistoryAdmin):
    """What one person proposed of a page and another agreed to, or dropped."""

    list_display = ("regional_article", "proposed_by", "proposed_at", "agreed_by", "agreed_at", "dropped_at", "reason")
    list_select_related = ("regional_article__article__condition", "proposed_by", "agreed_by")
    fields: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("regional_article", "reason"),
        ("proposed_by", "proposed_at", "agreed_by", "agreed_at", "dropped_by", "dropped_at"),
    )


@admin.register(Withdrawal)
class WithdrawalAdmin(ProposalAdmin):
    """Pages taken down for good."""

    place = 11
    fields = (("regional_article", "reason", "alternative"), *ProposalAdmin.fields[1:])


@admin.register(Reinstatement)
class ReinstatementAdmin(ProposalAdmin):
    """Pages that may come back."""

    place = 12


@admin.register(Redirection)
class RedirectionAdmin(HistoryAdmin):
    """Pages that lead to others."""

    place = 13
    list_display = ("regional_article", "target", "redirected_by", "redirected_at", "reason")
    list_select_related = (
        "regional_article__article__condition",
        "target__article__condition",
        "redirected_by",
    )
    fields = ("regional_article", "target", "redirected_by", "redirected_at", "reason")


@admin.register(Deferral)
class DeferralAdmin(HistoryAdmin):
    """Pages kept up past their review."""

    place = 14
    list_display = ("regional_article", "until", "deferred_by", "deferred_at", "reason")
    list_select_related = ("regional_article__article__condition", "deferred_by")
    fields = ("regional_article", "reviewed_on", "number", "until", "deferred_by", "deferred_at", "reason")
