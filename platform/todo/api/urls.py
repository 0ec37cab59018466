from django.urls import path
from rest_framework.routers import SimpleRouter

from todo.api import views

router = SimpleRouter()
router.register("waiting", views.WaitingViewSet, basename="waiting")
urlpatterns = [
    path("running/", views.RunningView.as_view(), name="running"),
    path("overview/", views.OverviewView.as_view(), name="overview"),
    path("calendar-link/", views.CalendarLinkView.as_view(), name="calendar-link"),
    path("calendar/<str:secret>.ics", views.CalendarView.as_view(), name="calendar"),
    *router.urls,
]
