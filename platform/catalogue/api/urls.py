from django.urls import path

from catalogue.api import views

urlpatterns = [
    path("types/", views.TypesView.as_view(), name="types"),
    path("types/<slug:key>/switch-on/", views.SwitchOnView.as_view(), name="switch-on"),
    path("types/<slug:key>/edition/", views.EditionView.as_view(), name="edition"),
]
