from django.urls import path
from rest_framework.routers import SimpleRouter

from forms.api.views.definitions import FormViewSet
from forms.api.views.grids import FunctionsView, GridView, SchoolYearView
from forms.api.views.lists import DictionaryViewSet, UnitFactsView, UnitTableViewSet
from forms.api.views.sheets import SheetViewSet

router = SimpleRouter()
router.register("forms", FormViewSet, basename="form")
router.register("sheets", SheetViewSet, basename="sheet")
router.register("dictionaries", DictionaryViewSet, basename="dictionary")
router.register("tables", UnitTableViewSet, basename="unit-table")

urlpatterns = [
    path("unit-facts/", UnitFactsView.as_view()),
    path("functions/", FunctionsView.as_view()),
    path("school-year/", SchoolYearView.as_view()),
    path("tables/<uuid:pk>/grid/", GridView.as_view()),
    *router.urls,
]
