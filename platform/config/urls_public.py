"""The addresses of the operators' own host."""

from django.urls import include, path, re_path

from config import edge, views
from config.installation import InstallationView

ROOMS = ("accounts", "audit", "outbox")
"""What operators work with; of the other rooms nothing stands in their schema."""

handler400 = edge.bad_request
handler404 = edge.not_found
handler500 = edge.failed
urlpatterns = [
    path("robots.txt", views.robots),
    path(".well-known/security.txt", views.security),
    path("api/v1/health/", views.health),
    path("api/v1/installation/", InstallationView.as_view()),
    *(path(f"api/v1/{room}/", include((f"{room}.api.urls", room))) for room in ROOMS),
    re_path(r"^api/", views.unknown),
    path("", views.cities),
    re_path(r"^(?!static/).*$", views.page, name="page"),
]
