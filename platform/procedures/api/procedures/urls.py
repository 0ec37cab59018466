from django.urls import path
from rest_framework.routers import SimpleRouter

from procedures.api.procedures import views

router = SimpleRouter()
router.register("procedures", views.ProcedureViewSet, basename="procedure")

urlpatterns = [
    path("kinds/", views.KindsView.as_view()),
    path("effects/", views.EffectsView.as_view()),
    *router.urls,
]
