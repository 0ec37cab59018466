from typing import TYPE_CHECKING, cast
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.reading import asked, checked
from api.versions import shown_in
from api.viewsets import ActorMixin
from forms import selectors, services
from forms.api.serializers import lists as shapes
from forms.expressions import DESCRIBED
from forms.models import UnitTable
from opium.errors import NotFound

if TYPE_CHECKING:
    from accounts.models import Person


class GridView(ActorMixin):
    """The rows of a table with keys; each saving is an edition, and the old ones stay."""

    versioned = shown_in(shapes.GridOut)

    @extend_schema(parameters=[shapes.EditionQuery], responses=shapes.GridOut)
    def get(self, request: Request, pk: UUID) -> Response:
        number = asked(shapes.EditionQuery, request)["edition"]
        return Response(shapes.GridOut(selectors.grid_shown(self._table(pk).pk, number)).data)

    @extend_schema(request=shapes.GridIn, responses=shapes.GridOut)
    def put(self, request: Request, pk: UUID) -> Response:
        rows = checked(shapes.GridIn, request).content
        table = self._table(pk)
        self.matched(table, lambda: selectors.grid_shown(table.pk))
        services.change_rows(actor=self.actor, table=table, rows=rows)
        return Response(shapes.GridOut(selectors.grid_shown(table.pk)).data)

    def _table(self, pk: UUID) -> UnitTable:
        found = selectors.tables_visible_to(self.actor).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found


class SchoolYearView(ActorMixin):
    """When the city's school year and its second semester begin."""

    versioned = shown_in(shapes.SchoolYearOut)

    @extend_schema(responses=shapes.SchoolYearOut)
    def get(self, request: Request) -> Response:
        return Response(shapes.SchoolYearOut(selectors.school_year_shown()).data)

    @extend_schema(request=shapes.SchoolYearIn, responses=shapes.SchoolYearOut)
    def put(self, request: Request) -> Response:
        given = checked(shapes.SchoolYearIn, request).content
        self.matched(cast("Person", request.user), selectors.school_year_shown)
        services.change_school_year(actor=self.actor, **given)
        return Response(shapes.SchoolYearOut(selectors.school_year_shown()).data)


class FunctionsView(ActorMixin):
    @extend_schema(responses=shapes.FunctionGroupOut(many=True))
    def get(self, request: Request) -> Response:
        """The functions of expressions and what each gives; the same in every city."""
        groups = [
            {
                "title": title,
                "functions": [{"written": one.written, "sentence": one.sentence} for one in group],
            }
            for title, group in DESCRIBED
        ]
        return Response(groups)
