from rest_framework.routers import SimpleRouter

from procedures.api.ties import views

router = SimpleRouter()
router.register("ties", views.TieViewSet, basename="tie")

urlpatterns = router.urls
