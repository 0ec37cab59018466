from django.urls import path
from rest_framework.routers import SimpleRouter

from modules.applications.api import views

router = SimpleRouter()
router.register("calls", views.CallViewSet, basename="call")
router.register("own", views.OwnApplicationViewSet, basename="own-application")

APPLICATIONS = "calls/<uuid:call_id>/applications"

urlpatterns = [
    path("scoring/", views.ScoringView.as_view()),
    path("openings/", views.OpeningsView.as_view()),
    path(f"{APPLICATIONS}/", views.CallApplicationsViewSet.as_view({"get": "list"})),
    path(f"{APPLICATIONS}/export/", views.CallApplicationsViewSet.as_view({"get": "export"})),
    *router.urls,
]
