"""The addresses of a city: the API, its health, and one page for everything else."""

from django.urls import include, path, re_path

from config import views

urlpatterns = [
    path("api/v1/health/", views.health),
    path("api/v1/", include("api.urls")),
    re_path(r"^api/", views.unknown),
    re_path(r"^(?!static/).*$", views.page, name="page"),
]
