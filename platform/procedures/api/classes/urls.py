from rest_framework.routers import SimpleRouter

from procedures.api.classes import views

router = SimpleRouter()
router.register("classes", views.ClassViewSet, basename="class")

urlpatterns = router.urls
