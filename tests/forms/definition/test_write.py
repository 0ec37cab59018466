import json

from hypothesis import given

from forms.definition import read, write
from tests.forms.strategies import SOME, definitions, wild_definitions


@SOME
@given(wild_definitions())
def test_what_is_written_reads_back_the_same_through_json(definition):
    assert read(json.loads(json.dumps(write(definition)))) == definition


@SOME
@given(definitions())
def test_a_document_is_written_the_same_again(definition):
    document = write(definition)

    assert write(read(document)) == document


def test_only_what_is_set_is_written():
    document = {
        "format": 1,
        "title": "Grant",
        "sections": [
            {
                "key": "dane",
                "title": "Dane",
                "questions": [
                    {
                        "key": "osoby",
                        "type": "number",
                        "label": "Osoby",
                        "options": {"decimals": 0},
                    },
                    {
                        "key": "kwota",
                        "type": "money",
                        "label": "Kwota",
                        "required": True,
                        "checks": [{"rule": "kwota > 0", "sentence": "Więcej."}],
                        "options": {"min": "0", "max": "3000.50"},
                    },
                ],
            }
        ],
        "sources": ["[T]"],
    }

    assert write(read(document)) == document
