"""Where running matters would stand when their procedure changes."""

from procedures.definition import read
from procedures.fates import Fate, plan
from tests.procedures.documents import grant


def test_a_stage_of_the_same_key_and_kind_stays():
    places = plan(read(grant()), read(grant()))
    assert {one.fate for one in places.values()} == {Fate.STAYS}
    assert all(key == one.target for key, one in places.items())


def test_a_stage_that_is_gone_has_no_place():
    given = grant()
    given["stages"].pop(3)
    lost = plan(read(grant()), read(given))["ocena"]
    assert (lost.fate, lost.target) == (Fate.LOST, None)
    assert "Wskaż, dokąd przenieść sprawy" in lost.sentence


def test_a_renamed_key_is_proposed_by_name_and_kind():
    given = grant()
    given["stages"][3]["key"] = "komisja"
    place = plan(read(grant()), read(given))["ocena"]
    assert (place.fate, place.target) == (Fate.MOVES, "komisja")


def test_a_stage_of_another_kind_is_no_place_by_itself():
    given = grant()
    given["stages"][3]["kind"] = "recommendation"
    assert plan(read(grant()), read(given))["ocena"].fate is Fate.LOST


def test_what_was_chosen_goes_before_the_proposal():
    places = plan(read(grant()), read(grant()), {"ocena": "podzial", "korekta": "nigdzie"})
    assert (places["ocena"].fate, places["ocena"].target) == (Fate.MOVES, "podzial")
    assert places["korekta"].fate is Fate.LOST


def test_two_stages_of_the_same_name_are_no_proposal():
    given = grant()
    given["stages"][3]["key"] = "komisja"
    given["stages"].append({**given["stages"][3], "key": "komisja_druga"})
    assert plan(read(grant()), read(given))["ocena"].fate is Fate.LOST
