"""The pages of allauth that we use, under our addresses and by the names allauth asks for.

Its other pages (registration, addresses, connected accounts) are not there.
"""

from allauth.socialaccount.providers.openid_connect import views as of_openid
from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe

from accounts.views import second_factor, sign_in

OIDC = {"provider_id": "oidc"}

entrance = [
    path("", sign_in.SignIn.as_view(), name="account_login"),
    path("code/", sign_in.MailMeACode.as_view(), name="account_request_login_code"),
    path("code/confirm/", sign_in.MailedCode.as_view(), name="account_confirm_login_code"),
    path("passkey/", sign_in.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("second-factor/", sign_in.SecondFactor.as_view(), name="mfa_authenticate"),
    path("remember/", sign_in.RememberDevice.as_view(), name="mfa_trust"),
    path("oidc/", require_POST(of_openid.login), OIDC, name="openid_connect_login"),
    path("oidc/callback/", require_safe(of_openid.callback), OIDC, name="openid_connect_callback"),
]
own = [
    path("", second_factor.Overview.as_view(), name="mfa_index"),
    path("app/", second_factor.SetUpApp.as_view(), name="mfa_activate_totp"),
    path("app/remove/", second_factor.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("passkeys/add/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "passkeys/<int:pk>/remove/",
        second_factor.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "codes/new/", second_factor.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"
    ),
]
confirming = [
    path("", second_factor.ConfirmByPassword.as_view(), name="account_reauthenticate"),
    path("code/", second_factor.ConfirmByCode.as_view(), name="mfa_reauthenticate"),
    path("passkey/", second_factor.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
]
urlpatterns = [
    path("sign-in/", include(entrance)),
    path("profile/second-factor/", include(own)),
    path("profile/confirm/", include(confirming)),
]
