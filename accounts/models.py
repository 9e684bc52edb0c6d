from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from web.script.content import in_script
from web.script.fold import fold

# Django's own salt, so that sessions from before the field `sessions_key` go on.
SESSION_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"


class UserManager(BaseUserManager["User"]):
    """Makes people; an e-mail address is compared without regard to capitals."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. What they may do, their mandates say."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    search_key = models.CharField(max_length=450, default="", editable=False)
    # The language and script of pages and mail; empty as long as nobody has chosen.
    language = models.CharField(_("language and script"), max_length=10, blank=True)
    # In whose time moments are shown; empty: that of Belgrade. Deadlines are said in Belgrade's.
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    # Part of what a session is signed with: a new one ends every session made before.
    sessions_key = models.CharField(max_length=32, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        """The name as it was typed. In the demo it is that of a role, in the reader's script."""
        is_shown_as_content = settings.DEMO and self.is_role_account
        return (in_script(self.name) if is_shown_as_content else self.name) or self.email

    @property
    def is_role_account(self) -> bool:
        """Nobody has an address under example.org (RFC 2606): such an account is no person."""
        return self.email.endswith("@example.org")

    def save(self, *args, **kwargs) -> None:
        """The key of the search follows the name, whichever way the row is written."""
        self.search_key = f" {fold(self.name)}"[:450]
        fields = kwargs.get("update_fields")
        if fields is not None and "name" in fields:
            kwargs["update_fields"] = {*fields, "search_key"}
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        signed = self.password + self.sessions_key
        made = salted_hmac(SESSION_SALT, signed, secret=secret, algorithm="sha256")
        return made.hexdigest()

    def end_sessions(self) -> None:
        """Sign out every device. The caller keeps its own session alive, if it has one."""
        self.sessions_key = get_random_string(32)
        self.save(update_fields=["sessions_key"])

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class SignIn(models.Model):
    """That a person signed in. Kept for 90 days, shown to that person alone."""

    class Way(models.TextChoices):
        PASSWORD = "password", _("with the password")
        CODE = "code", _("with a code by mail")
        PASSKEY = "passkey", _("with a passkey")
        OPENID = "openid", _("with the account of an institution")
        INVITATION = "invitation", _("by an invitation")

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    way = models.CharField(max_length=20, choices=Way)
    browser = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=45, blank=True)  # shortened

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self) -> str:
        return f"{self.user}: {self.at}"


class Limit(models.Model):
    """One row of Django's cache, where the limits of signing in are counted.

    A model only so that `migrate` makes the table and `database_grants` knows it; written by
    `DatabaseCache`, whose columns these are.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
