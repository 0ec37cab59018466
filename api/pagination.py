from typing import Any

from django.core.paginator import Page, Paginator
from rest_framework.pagination import PageNumberPagination

FARTHEST = 10**9
"""The row behind which nobody pages; what lies farther is counted first, and so refused."""


class Leafing(Paginator[Any]):
    """Counts the rows only where the page itself does not tell how many there are.

    One row more than the page holds is read: where it is missing, the list ends here.
    """

    def page(self, number: int | str) -> Page[Any]:
        start = (_number(number) - 1) * self.per_page
        if not 0 <= start < FARTHEST:
            return super().page(number)
        rows = list(self.object_list[start : start + self.per_page + 1])
        if start and not rows:
            return super().page(number)
        if len(rows) <= self.per_page:
            self.__dict__["count"] = start + len(rows)
        return Page(rows[: self.per_page], int(number), self)


def _number(written: int | str) -> int:
    try:
        return int(written)
    except ValueError:
        return 0


class Pages(PageNumberPagination):
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 500
    django_paginator_class = Leafing
