"""No request opens what came from outside, nor draws a document: the child that could refuses."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.middleware import InARequest
from documents import letters, pdf
from documents.content import Document
from opium.confinement import in_a_request
from spreadsheets.readers import read_workbook

WAYS = [
    lambda: letters.fields_of(b"x"),
    lambda: pdf.render(Document("a", [])),
    lambda: read_workbook(b"x"),
]


@pytest.mark.parametrize("way", WAYS)
def test_a_request_that_would_wait_for_the_bounded_child_is_refused(way):
    def view(request):
        way()
        return HttpResponse()

    with pytest.raises(RuntimeError, match="have the background do it"):
        InARequest(view)(RequestFactory().get("/"))


def test_what_is_drawn_after_the_request_is_drawn():
    InARequest(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert pdf.render(Document("a", [])).startswith(b"%PDF-")
    with in_a_request(), in_a_request(whether=False):
        assert pdf.render(Document("a", [])).startswith(b"%PDF-")
