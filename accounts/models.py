from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.script.content import in_script
from web.script.fold import fold


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

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
