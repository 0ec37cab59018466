from rest_framework.routers import SimpleRouter

from procedures.api.cases import views

router = SimpleRouter()
router.register("cases", views.CaseViewSet, basename="case")

urlpatterns = [
    *router.urls,
]
