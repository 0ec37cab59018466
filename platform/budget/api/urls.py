from django.urls import path
from rest_framework.routers import SimpleRouter

from budget.api import views

router = SimpleRouter()
router.register("classifications", views.ClassificationViewSet, basename="classification")
router.register("pots", views.PotViewSet, basename="pot")
LEDGER = "pots/<uuid:pot_id>/entries/"

urlpatterns = [
    path(LEDGER, views.EntryViewSet.as_view({"get": "list"}), name="entries"),
    path(f"{LEDGER}export/", views.EntryViewSet.as_view({"get": "export"}), name="entries-export"),
    path("years/", views.YearsView.as_view(), name="years"),
    path("unit-kinds/", views.UnitKindsView.as_view(), name="unit-kinds"),
    *router.urls,
]
