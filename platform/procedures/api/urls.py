from django.urls import URLPattern, URLResolver, path

from procedures.api.cases import urls as cases
from procedures.api.classes import urls as classes
from procedures.api.letters import urls as letters
from procedures.api.moved import CalendarMoved
from procedures.api.procedures import urls as procedures
from procedures.api.ties import urls as ties

urlpatterns: list[URLPattern | URLResolver] = [
    *procedures.urlpatterns,
    *letters.urlpatterns,
    *cases.urlpatterns,
    *classes.urlpatterns,
    *ties.urlpatterns,
    path("calendar/<str:secret>.ics", CalendarMoved.as_view(), name="calendar-moved"),
]
