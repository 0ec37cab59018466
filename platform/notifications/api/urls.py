from django.urls import path
from rest_framework.routers import SimpleRouter

from notifications.api import views

router = SimpleRouter()
router.register("", views.NotificationViewSet, basename="notification")
urlpatterns = [
    path("settings/", views.NotificationSettingsView.as_view(), name="notification-settings"),
    *router.urls,
]
