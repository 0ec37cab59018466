from django.urls import path
from rest_framework.routers import SimpleRouter

from audit.api import views

router = SimpleRouter()
router.register("entries", views.EntryViewSet, basename="entry")
urlpatterns = [path("deeds/", views.DeedsView.as_view()), *router.urls]
