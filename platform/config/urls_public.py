"""The addresses of the operators' own host."""

from django.urls import include, path, re_path

from config import views

ROOMS = ("accounts", "audit", "outbox")
"""What operators work with; of the other rooms nothing stands in their schema."""

urlpatterns = [
    path("api/v1/health/", views.health),
    *(path(f"api/v1/{room}/", include((f"{room}.api.urls", room))) for room in ROOMS),
    re_path(r"^api/", views.unknown),
    path("", views.cities),
    re_path(r"^(?!static/).*$", views.page, name="page"),
]
