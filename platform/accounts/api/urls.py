from django.urls import path
from rest_framework.routers import SimpleRouter

from accounts.api.views import (
    account,
    functions,
    joinings,
    kept_views,
    motions,
    passwords,
    people,
    review,
    rights,
    session,
    tokens,
)

router = SimpleRouter()
router.register("people", people.PersonViewSet, "person")
router.register("joinings", joinings.JoiningViewSet, "joining")
router.register("account/joinings", joinings.OwnJoiningViewSet, "own-joining")
router.register("account/views", kept_views.KeptViewViewSet, "kept-view")
router.register("motions", motions.MotionViewSet, "motion")
router.register("roles", rights.RoleViewSet, "role")
router.register("assignments", rights.AssignmentViewSet, "assignment")
router.register("functions", functions.FunctionViewSet, "function")
router.register("providers", account.ProviderViewSet, "provider")
router.register("substitutions", functions.SubstitutionViewSet, "substitution")
router.register("tokens", tokens.ApiTokenViewSet, "token")

urlpatterns = [
    path("joinings/look/", joinings.JoiningLetterView.as_view(), name="joining-letter"),
    path("joinings/agree/", joinings.JoiningAgreementView.as_view(), name="joining-agreement"),
    path("joinings/decline/", joinings.JoiningRefusalView.as_view(), name="joining-refusal"),
    path("session/", session.SessionView.as_view(), name="session"),
    path("permissions/", rights.PermissionsView.as_view(), name="permissions"),
    path("scopes/", rights.ScopesView.as_view(), name="scopes"),
    path("places-in-hand/", rights.PlacesInHandView.as_view(), name="places-in-hand"),
    path("rights/", rights.OwnRightsView.as_view(), name="own-rights"),
    path("who-may/", rights.WhoMayView.as_view(), name="who-may"),
    path("holders/<uuid:pk>/", functions.HolderView.as_view(), name="holder"),
    path("invitations/", people.BulkInvitationView.as_view(), name="invitations"),
    path("invitations/template/", people.BulkTemplateView.as_view(), name="invitation-template"),
    path("auditor-pack/", review.AuditorPackView.as_view(), name="auditor-pack"),
    path("links/look/", passwords.LinkView.as_view(), name="link"),
    path("password/", passwords.PasswordView.as_view(), name="password"),
    path("password/forgotten/", passwords.ForgottenView.as_view(), name="forgotten-password"),
    path("email/", passwords.EmailView.as_view(), name="email"),
    path("session/code/", session.CodeView.as_view(), name="session-code"),
    path("session/key/options/", session.KeyOptionsView.as_view(), name="session-key-options"),
    path("session/key/", session.KeyView.as_view(), name="session-key"),
    path("sign-in-ways/", session.SignInWaysView.as_view(), name="sign-in-ways"),
    path("sign-in-ways/<slug:code>/", session.SignInWayView.as_view(), name="sign-in-way"),
    path("sign-in-rules/", account.SignInRulesView.as_view(), name="sign-in-rules"),
    path("account/", account.OwnAccountView.as_view(), name="own-account"),
    path("account/password/", account.OwnPasswordView.as_view(), name="own-password"),
    path("account/email/", account.OwnEmailView.as_view(), name="own-email"),
    path("account/totp/options/", account.TotpOptionsView.as_view(), name="totp-options"),
    path("account/totp/", account.TotpView.as_view(), name="totp"),
    path("account/keys/options/", account.NewKeyOptionsView.as_view(), name="new-key-options"),
    path("account/keys/", account.NewKeyView.as_view(), name="new-key"),
    path("account/proof/", account.ProofView.as_view(), name="proof"),
    path("account/proof/key/options/", account.ProofKeyView.as_view(), name="proof-key-options"),
    path("account/factors/<int:pk>/", account.FactorView.as_view(), name="factor"),
    path("account/recovery-codes/", account.RecoveryCodesView.as_view(), name="recovery-codes"),
    path("account/sessions/", account.OwnSessionsView.as_view(), name="own-sessions"),
    path("account/sessions/<slug:pk>/", account.OwnSessionView.as_view(), name="own-session"),
    *router.urls,
]
