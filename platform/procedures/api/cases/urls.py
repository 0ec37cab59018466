from django.urls import path
from rest_framework.routers import SimpleRouter

from procedures.api.cases import views

router = SimpleRouter()
router.register("cases", views.CaseViewSet, basename="case")

urlpatterns = [
    path("todo/", views.TodoViewSet.as_view({"get": "list"})),
    path("todo/count/", views.TodoCountView.as_view()),
    *router.urls,
]
