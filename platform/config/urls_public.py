"""The addresses of the operators' own host."""

from django.urls import path

from config import views

urlpatterns = [
    path("api/v1/health/", views.health),
    path("", views.cities),
]
