"""What every list promises; a room's `test_lists.py` inherits it for each of its lists.

    class TestGroups(PagedTest):
        route, permission, queries = "directory/groups/", Permission.VIEW_UNITS, 7
        filters = {"search": ("grupa", "inna")}

        def make(self, number):
            return GroupFactory()

A list that inherits nothing stands with its reason in `tests/architecture/test_lists.py`.
"""

import io
from collections.abc import Callable, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any, ClassVar

import openpyxl
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import resolve
from django_filters import filters

from accounts.models import Person
from api.narrowing import orders_of
from audit.models import Entry
from opium.models import SortKeyField
from opium.permissions import Permission
from tests.architecture.routes import ROOT
from tests.factories.accounts import person_with

MANY = 12
TYPED = (filters.BooleanFilter, filters.UUIDFilter, filters.ChoiceFilter, filters.NumberFilter)

Value = str | Callable[[Any], Any]
"""What is said to a filter; a function is given the row."""


class ListTest:
    """`make(number)` adds a row that `reader` sees; each test has an instance of its own."""

    route: ClassVar[str]
    """As the API's URLs spell it; with parameters `address` says what they are."""
    permission: ClassVar[Permission | None] = None
    """None: everybody has such a list of their own."""
    queries: ClassVar[int]
    closed: ClassVar[int | None] = 200
    """What somebody without the right hears: 403, 404, or 200 and an empty list.

    None where the rows are no secret within the city.
    """
    named: ClassVar[str] = "id"
    """What of a row tells it from those of the other city."""
    whole: ClassVar[Mapping[str, Any]] = {}
    """What is said to see all rows at once."""

    def make(self, number: int) -> Any:
        raise NotImplementedError

    @cached_property
    def reader(self) -> Person:
        return person_with(*([self.permission] if self.permission else []))

    def address(self) -> dict[str, Any]:
        return {}

    def id_of(self, row: Any) -> str:
        return str(getattr(row, "pk" if self.named == "id" else self.named))

    @property
    def url(self) -> str:
        return f"/{ROOT}{self.route.format(**self.address())}"

    def seen(self, browser: Any, **query: Any) -> set[str]:
        return {str(row[self.named]) for row in self.listed(browser, **query)}

    def listed(self, browser: Any, **query: Any) -> list[Any]:
        answer = browser.get(self.url, {**self.whole, **query})
        assert answer.status_code == 200, answer.content
        return self.rows(answer)

    def rows(self, answer: Any) -> list[Any]:
        told = answer.json()
        rows: list[Any] = told["results"] if isinstance(told, dict) else told
        return rows

    def test_it_is_seen_by_the_right_alone(self, api):
        row = self.make(0)
        assert self.id_of(row) in self.seen(api(self.reader))

        assert api().get(self.url).status_code == 401
        answer = api(person_with()).get(self.url, self.whole)
        assert answer.status_code == (self.closed or 200)
        if answer.status_code == 200:
            assert (self.rows(answer) == []) is (self.closed is not None)

    def test_the_other_citys_rows_are_not_in_it(self, api, in_south):
        theirs = type(self)()
        with in_south():
            foreign = theirs.id_of(theirs.make(0))
            elsewhere = theirs.url
        own = self.id_of(self.make(0))

        seen = self.seen(api(self.reader))
        assert own in seen
        assert foreign not in seen
        if elsewhere != self.url:
            assert api(self.reader).get(elsewhere).status_code in {403, 404}

    def test_any_number_of_rows_takes_the_same_queries(self, api, django_assert_num_queries):
        made = {self.id_of(self.make(0))}
        browser = api(self.reader)
        self.seen(browser)
        with django_assert_num_queries(self.queries):
            assert made <= self.seen(browser)

        made |= {self.id_of(self.make(number)) for number in range(1, MANY)}
        with django_assert_num_queries(self.queries):
            seen = self.seen(browser)
        assert made <= seen
        assert len(made) == MANY


class PagedTest(ListTest):
    """As `ListTest`, of a list that comes in pages and is ordered and narrowed by what is asked."""

    filters: ClassVar[Mapping[str, tuple[Value, Value]]] = {}
    """Each filter of the list: a value that finds the row, and one that does not."""
    by_code: ClassVar[frozenset[str]] = frozenset()
    """Orders by a text that is no word of Polish: a symbol, a code."""
    whole = {"page_size": 100}

    @property
    def view(self) -> Any:
        """As the list's own address has it, asked by the reader."""
        found = resolve(self.url)
        view = found.func.cls(**found.func.initkwargs)
        view.request = SimpleNamespace(user=self.reader, query_params={})
        view.action, view.kwargs = "list", found.kwargs
        return view

    def test_every_order_is_whole_and_the_own_one_ends_with_ids(self, api):
        """Any other order goes on with the list's own (`tests/api/test_narrowing.py`)."""
        row = self.make(0)
        browser = api(self.reader)
        own = self.view.get_queryset().query.order_by
        assert own[-1].removeprefix("-") in {"pk", row._meta.pk.name}
        for name, column in orders_of(self.view).items():
            for order in (name, f"-{name}"):
                assert self.id_of(row) in self.seen(browser, ordering=order)
            assert name in self.by_code or not is_of_words(row, column), (
                f"{name} orders words by their bytes: let it order by a SortKeyField"
            )
        told = browser.get(self.url, {"ordering": "nie-ma"})
        assert (told.status_code, wrong_in(told)) == (400, {"ordering"})

    def test_every_filter_finds_and_leaves_out(self, api):
        row, browser = self.make(0), api(self.reader)
        shape = getattr(self.view, "filterset_class", None)
        known = dict(shape.base_filters) if shape else {}
        assert set(self.filters) == set(known)
        for name, values in self.filters.items():
            here, elsewhere = (one(row) if callable(one) else one for one in values)
            assert self.id_of(row) in self.seen(browser, **{name: here}), f"{name}={here}"
            assert self.id_of(row) not in self.seen(browser, **{name: elsewhere}), name
            if isinstance(known[name], TYPED):
                told = browser.get(self.url, {name: "bzdura"})
                assert (told.status_code, wrong_in(told)) == (400, {name}), name
        told = browser.get(self.url, {"nie_ma": "1"})
        assert (told.status_code, wrong_in(told)) == (400, {"nie_ma"})


class TakenTest(PagedTest):
    """As `PagedTest`, of a list that is also taken away as a file."""

    @property
    def taken_at(self) -> str:
        return f"{self.url}export/"

    columns: ClassVar[tuple[str, ...]]
    """Of the screen's columns two to which columns of the file belong, not in the file's order."""

    @property
    def logged(self) -> dict[str, str]:
        """What the log says of how the whole list was narrowed."""
        return {}

    def test_it_is_taken_away_as_it_stands(self, api):
        address = self.taken_at
        row = self.make(0)
        browser = api(self.reader)
        counted = len(self.listed(browser))
        assert counted == len(taken(browser.get(address)))
        entry = Entry.objects.order_by("pk").last()
        told = {"export": self.logged, "rows": counted}
        assert (entry.actor_id, entry.after) == (self.reader.pk, told)
        if self.filters:
            name, (_, elsewhere) = next(iter(self.filters.items()))
            elsewhere = elsewhere(row) if callable(elsewhere) else elsewhere
            left = self.listed(browser, **{name: elsewhere})
            assert len(taken(browser.get(address, {name: elsewhere}))) == len(left)
        self.takes_the_columns_of_the_screen(browser)
        closed = api(person_with()).get(address)
        assert closed.status_code in {403, 404} or taken(closed) == []

    def takes_the_columns_of_the_screen(self, browser: Any) -> None:
        """As they stand there: those, in that order; an unknown one is passed over."""
        one, other = self.columns
        whole, first, second = (
            titles(browser.get(self.taken_at, {"columns": said} if said else {}))
            for said in ("", one, other)
        )
        assert set(first) | set(second) < set(whole)
        assert first != second
        both = browser.get(self.taken_at, {"columns": f"{one},nie_ma,{other}"})
        assert titles(both) == [*first, *second]
        assert titles(browser.get(self.taken_at, {"columns": "nie_ma"})) == whole


def wrong_in(answer: Any) -> set[str]:
    """The parameters of which a refusal speaks."""
    return {one["field"] for one in answer.json()["errors"]}


def taken(answer: Any) -> list[tuple[Any, ...]]:
    """The rows of the workbook below its titles."""
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return list(sheet.iter_rows(min_row=2, values_only=True))


def titles(answer: Any) -> list[str]:
    """Of the workbook's columns."""
    assert answer.status_code == 200, answer.content
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [str(cell.value) for cell in sheet[1]]


def is_of_words(row: models.Model, column: str) -> bool:
    """Whether the column holds a text that is not kept in Polish order."""
    model: Any = type(row)
    field: Any = None
    for part in column.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return False  # the query computes it
        model = field.related_model
    return isinstance(field, models.CharField | models.TextField) and not isinstance(
        field, SortKeyField
    )
