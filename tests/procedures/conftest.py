import pytest

from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.directory import UnitFactory

POINTS = forms.question("punkty", "number", required=True, options={"min": "0", "max": "10"})


@pytest.fixture
def unit():
    return UnitFactory(short_name="SP nr 7")


@pytest.fixture
def head(unit):
    return made.head_of(unit, first_name="Jan", last_name="Dyrektor")


@pytest.fixture
def clerk():
    return made.officer("referent", first_name="Ewa", last_name="Lis")


@pytest.fixture
def boss():
    return made.officer("kierownik", first_name="Adam", last_name="Nowak")


@pytest.fixture
def procedure():
    return made.published()


@pytest.fixture
def case(procedure, head, unit):
    """A submitted application that waits for its formal check."""
    return made.submitted(procedure, head, unit)


@pytest.fixture
def members():
    return [made.officer("komisja") for _ in range(3)]


@pytest.fixture
def scored(head, unit, members):
    """A case that a committee of three scores, with these parameters."""

    def made_with(**parameters):
        card = forms.published(POINTS, name="Karta oceny")
        parameters = {"points": "punkty", **parameters}
        stages = [
            made.stage("nabor", "submission", "applicant"),
            made.stage("ocena", "scoring", "komisja", form=str(card.pk), parameters=parameters),
            made.end(),
        ]
        ways = [made.way("nabor", "submitted", "ocena"), made.way("ocena", "scored", "koniec")]
        return made.submitted(made.published(stages, ways), head, unit)

    return made_with
