from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from api.files import XLSX, attached, file_of
from api.pagination import Pages
from api.reading import checked, read
from api.versions import shown_in
from api.viewsets import ActorMixin, ModuleViewSet
from files import services as files
from forms import selectors, services
from forms.api.serializers import lists as shapes
from forms.models import Dictionary, UnitTable
from units.selectors import UNIT_LABELS


class DictionaryViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[Dictionary]):
    """Lists to choose from that many forms share."""

    queryset = Dictionary.objects.none()
    serializer_class = shapes.DictionaryOut
    versioned = shown_in(shapes.DictionaryOut)
    ordering_fields = ("sort_key",)

    def get_queryset(self) -> QuerySet[Dictionary]:
        return selectors.dictionaries_visible_to(self.actor)

    @extend_schema(request=shapes.DictionaryIn, responses={201: shapes.DictionaryOut})
    def create(self, request: Request) -> Response:
        content = checked(shapes.DictionaryIn, request).content
        added = services.add_dictionary(actor=self.actor, **content)
        shown = self.get_queryset().get(pk=added.pk)
        return Response(shapes.DictionaryOut(shown).data, status=201)

    @extend_schema(request=shapes.DictionaryChangesIn, responses=shapes.DictionaryOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        content = checked(shapes.DictionaryChangesIn, request).content
        dictionary = self.get_object()
        services.change_dictionary(actor=self.actor, dictionary=dictionary, **content)
        return Response(shapes.DictionaryOut(self.get_queryset().get(pk=dictionary.pk)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.remove_dictionary(actor=self.actor, dictionary=self.get_object())
        return Response(status=204)


class UnitTableViewSet(ListModelMixin, RetrieveModelMixin, ModuleViewSet[UnitTable]):
    """Tables that forms quote: with one row a unit, or a row for each set of keys."""

    queryset = UnitTable.objects.none()
    serializer_class = shapes.UnitTableOut
    versioned = shown_in(shapes.UnitTableOut)
    ordering_fields = ("sort_key",)

    def get_queryset(self) -> QuerySet[UnitTable]:
        return selectors.tables_visible_to(self.actor)

    @extend_schema(request=shapes.UnitTableIn, responses={201: shapes.UnitTableOut})
    def create(self, request: Request) -> Response:
        content = checked(shapes.UnitTableIn, request).content
        added = services.add_table(actor=self.actor, **content)
        shown = self.get_queryset().get(pk=added.pk)
        return Response(shapes.UnitTableOut(shown).data, status=201)

    @extend_schema(request=shapes.UnitTableChangesIn, responses=shapes.UnitTableOut)
    def partial_update(self, request: Request, pk: str) -> Response:
        content = checked(shapes.UnitTableChangesIn, request).content
        table = self.get_object()
        services.change_table(actor=self.actor, table=table, **content)
        return Response(shapes.UnitTableOut(self.get_queryset().get(pk=table.pk)).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        services.remove_table(actor=self.actor, table=self.get_object())
        return Response(status=204)

    @extend_schema(responses=shapes.UnitTableRowOut(many=True), filters=False)
    @action(detail=True, filter_backends=[])
    def rows(self, request: Request, pk: str) -> Response:
        pages, rows = Pages(), selectors.rows_of(self.get_object())
        page = pages.paginate_queryset(rows, request, view=self) or []
        context = {"names": selectors.unit_names([row.unit_id for row in page])}
        return pages.get_paginated_response(
            [shapes.UnitTableRowOut(row, context=context).data for row in page]
        )

    @extend_schema(request=shapes.TableUploadIn, responses=shapes.TableUploadOut)
    @action(detail=True, methods=["post"])
    def upload(self, request: Request, pk: str) -> Response:
        """Fill the table from a workbook with one row a unit; what did not match is told."""
        given = read(shapes.TableUploadIn, request)
        report = services.upload_table(
            actor=self.actor,
            table=self.get_object(),
            file_id=given["file"],
            removes_others=given["removes_others"],
            is_dry_run=given["dry_run"],
        )
        return Response(shapes.TableUploadOut(report).data)

    @extend_schema(responses=file_of(XLSX), filters=False)
    @action(detail=True)
    def template(self, request: Request, pk: str) -> HttpResponseBase:
        """An empty workbook with the right headers."""
        table = self.get_object()
        name = files.archive_name(table.name, extension="xlsx")
        return attached(services.table_template(table), name)

    @extend_schema(responses=file_of(XLSX), filters=False)
    @action(detail=True)
    def export(self, request: Request, pk: str) -> HttpResponseBase:
        """The rows as they stand, in a workbook that `upload` reads."""
        table = self.get_object()
        name = files.archive_name(table.name, extension="xlsx")
        return attached(services.export_table(actor=self.actor, table=table), name)


class UnitFactsView(ActorMixin):
    @extend_schema(responses=shapes.UnitFactOut(many=True))
    def get(self, request: Request) -> Response:
        """What forms may quote of a unit; the same in every city."""
        facts = [{"code": code, "label": label} for code, label in UNIT_LABELS.items()]
        return Response(facts)
