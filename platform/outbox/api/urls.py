from rest_framework.routers import SimpleRouter

from outbox.api import views

router = SimpleRouter()
router.register("jobs", views.JobViewSet, "job")
urlpatterns = router.urls
