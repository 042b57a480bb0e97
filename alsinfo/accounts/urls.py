"""The addresses of signing in, under the names allauth knows them by."""

from django.urls import path, re_path

from alsinfo.accounts import joining, notices, views

urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/code/", views.SignInCode.as_view(), name="mfa_authenticate"),
    path("logout/", views.SignOut.as_view(), name="account_logout"),
    path("password/", views.ChangePassword.as_view(), name="account_change_password"),
    path("password/forgotten/", views.ForgottenPassword.as_view(), name="account_reset_password"),
    path("password/forgotten/sent/", views.LinkSent.as_view(), name="account_reset_password_done"),
    path("password/new/done/", views.PasswordIsSet.as_view(), name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("invitation/", joining.first_password, name="account_invitation"),
    path("invitation/<str:key>/", joining.link, name="account_invitation_link"),
    path("again/", views.PasswordAgain.as_view(), name="account_reauthenticate"),
    path("again/code/", views.CodeAgain.as_view(), name="mfa_reauthenticate"),
    path("again/passkey/", views.PasskeyAgain.as_view(), name="mfa_reauthenticate_webauthn"),
    path("passkey/challenge/", views.passkey_challenge, name="passkey_challenge"),
    path("factors/", views.Factors.as_view(), name="mfa_index"),
    path("factors/app/add/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("factors/app/remove/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("factors/passkeys/", views.Passkeys.as_view(), name="mfa_list_webauthn"),
    path("factors/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("factors/passkeys/<int:pk>/name/", views.RenamePasskey.as_view(), name="mfa_edit_webauthn"),
    path("factors/passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("factors/recovery-codes/", views.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
    path("factors/recovery-codes/new/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("notices/", notices.notices, name="account_notices"),
    path("sessions/", views.Sessions.as_view(), name="usersessions_list"),
]
