from rest_framework.routers import SimpleRouter

from modules.directory.api import views

router = SimpleRouter()
router.register("units", views.UnitViewSet, basename="unit")
router.register("kinds", views.UnitKindViewSet, basename="kind")
router.register("sections", views.SectionViewSet, basename="section")
router.register("people", views.PersonViewSet, basename="person")
router.register("memberships", views.MembershipViewSet, basename="membership")
router.register("groups", views.GroupViewSet, basename="group")
urlpatterns = router.urls
