from django.urls import path

from procedures.api.calendars import views

urlpatterns = [
    path("calendar-link/", views.CalendarLinkView.as_view()),
    path("calendar/<str:secret>.ics", views.CalendarView.as_view()),
]
