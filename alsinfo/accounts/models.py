"""People who sign in, and the roles they hold. People are deactivated, never deleted."""

from typing import Any, NoReturn, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone

from alsinfo.refusals import Refusal


class PeopleAreKept(Refusal):
    """Deleting a person would leave history without its author."""

    code = "people-are-kept"
    sentence = "People are deactivated, never deleted: what they did stays under their name."


class Role(models.TextChoices):
    """What a person may do here; a person may hold several. The superuser flag gives none."""

    EDITOR = "editor", "Editor"
    PUBLISHER = "publisher", "Publisher"
    REVIEWER = "reviewer", "Reviewer"
    DRAFT_READER = "draft_reader", "Draft reader"
    LEAD = "lead", "Clinical lead"
    ADMINISTRATOR = "administrator", "Administrator"


class UserQuerySet(models.QuerySet["User"]):
    """People, none of whom can be deleted."""

    def delete(self) -> NoReturn:
        """Raises `PeopleAreKept`."""
        raise PeopleAreKept


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people, their user names and passwords in normal form."""

    def create_user(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "User":
        """A new person; without a password they cannot sign in until one is set. Raises `ValueError` unnamed."""
        if not username:
            raise ValueError("A person needs a user name.")
        person = User(username=User.normalize_username(username), email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, username: str, email: str = "", password: str | None = None, **fields: Any) -> "User":
        """A person who may enter the admin and holds no role."""
        return self.create_user(username, email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; `full_name` is printed wherever the person is named."""

    username = models.CharField(
        "user name",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Somebody already has this user name."},
    )
    full_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True, help_text="Untick to close the account; its history stays.")
    is_staff = models.BooleanField("may enter the admin", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.full_name or self.username

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raises `PeopleAreKept`."""
        raise PeopleAreKept

    def get_full_name(self) -> str:
        """The printed name, as Django's own pages ask for it."""
        return str(self)

    def get_short_name(self) -> str:
        """The user name, as Django's own pages ask for it."""
        return self.username


class RoleGrant(models.Model):
    """A role given by one administrator and held once a second confirmed it; `granted_by` None is the system.

    When it was given, confirmed and taken away is in the audit.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                name="a_role_is_held_once",
                violation_error_message="This person already holds this role.",
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_role_is_one_of_ours"),
            models.CheckConstraint(
                condition=~models.Q(granted_by=models.F("user")), name="nobody_gives_themselves_a_role"
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("user")), name="nobody_confirms_their_own_role"
            ),
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("granted_by")), name="nobody_confirms_a_role_they_gave"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | models.Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                | models.Q(granted_by__isnull=True, confirmed_at__isnull=False),
                name="a_role_is_confirmed_by_a_person_or_given_by_the_system",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by what became of them."""

    def waiting(self) -> Self:
        """Neither used nor revoked; they may be too old."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True)


class Invitation(models.Model):
    """A link with which a new person sets their first password, once, before it expires.

    `digest` is the SHA-256 of its key in hexadecimal; the key itself is in the mail and nowhere else.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="one_invitation_of_a_person_waits",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="an_invitation_is_used_or_revoked",
            ),
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(used_at__lt=models.F("expires_at")),
                name="an_invitation_is_used_before_it_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user}"


class CacheEntry(models.Model):
    """A row of Django's database cache: counts of wrong passwords, and codes that were used."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
