from django.urls import path
from rest_framework.routers import SimpleRouter

from procedures.api.cases import views

router = SimpleRouter()
router.register("cases", views.CaseViewSet, basename="case")

urlpatterns = [
    path("cases/export/", views.CaseViewSet.as_view({"get": "export"})),
    *router.urls,
]
