from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in; what they may do, their mandates say."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from allauth.mfa.signals import authentication_failed

        from accounts.locking import count_wrong_code

        authentication_failed.connect(count_wrong_code)
