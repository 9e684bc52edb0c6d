from django.urls import path

from accounts.views import passwords, profile, sign_in

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign_out"),
    path("password-reset/", passwords.PasswordReset.as_view(), name="password_reset"),
    path("password-reset/sent/", passwords.PasswordResetSent.as_view(), name="password_reset_sent"),
    path("password-reset/done/", passwords.PasswordResetDone.as_view(), name="password_reset_done"),
    path(
        "password-reset/<uidb64>/<token>/",
        passwords.PasswordResetConfirm.as_view(),
        name="password_reset_confirm",
    ),
    path("password/", passwords.PasswordChange.as_view(), name="password_change"),
    path("profile/", profile.profile, name="profile"),
    path("profile/sign-ins/", profile.sign_ins, name="sign_ins"),
    path("profile/sign-out-elsewhere/", profile.sign_out_elsewhere, name="sign_out_elsewhere"),
]
