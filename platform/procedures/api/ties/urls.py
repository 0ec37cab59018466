from django.urls import path
from rest_framework.routers import SimpleRouter

from procedures.api.ties import views

router = SimpleRouter()
router.register("ties", views.TieViewSet, basename="tie")

urlpatterns = [
    path("conflicts/", views.ConflictsView.as_view()),
    path("conflicts/<uuid:pk>/take_back/", views.ConflictEndView.as_view()),
    *router.urls,
]
