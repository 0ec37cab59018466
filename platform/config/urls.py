"""The addresses of a city: the API, its health, and one page for everything else."""

from allauth.socialaccount.providers.openid_connect import views as single_sign_on
from django.urls import include, path, re_path

from config import edge, views
from config.installation import InstallationView

handler400 = edge.bad_request
handler404 = edge.not_found
handler500 = edge.failed
urlpatterns = [
    path("robots.txt", views.robots),
    path(".well-known/security.txt", views.security),
    path("api/v1/health/", views.health),
    path("api/v1/installation/", InstallationView.as_view()),
    path("api/v1/", include("api.urls")),
    re_path(r"^api/", views.unknown),
    path(
        "accounts/oidc/<slug:provider_id>/login/callback/",
        single_sign_on.callback,
        name="openid_connect_callback",
    ),
    re_path(r"^(?!static/).*$", views.page, name="page"),
]
