from collections import Counter

from modules.directory.services.kinds import STARTING_KINDS
from opium import identifiers
from provisioning.demo.units import units


def test_there_are_119_units_of_the_kinds_that_a_city_starts_with():
    kinds = Counter(unit.kind for unit in units())

    assert sum(kinds.values()) == 119
    assert kinds.keys() <= {code for code, _, _ in STARTING_KINDS}
    assert (kinds["szkola-podstawowa"], kinds["przedszkole"], kinds["zespol-szkol"]) == (36, 30, 16)


def test_the_units_are_the_same_on_every_run():
    assert units() == units()


def test_nothing_is_told_apart_by_a_shared_name_number_or_address():
    made = units()
    entries = [entry.rspo for unit in made for entry in unit.entries]
    people = [
        person.email for unit in made for person in (unit.head, unit.accountant, unit.secretary)
    ]

    for values in (
        [unit.short_name for unit in made],
        [unit.nip for unit in made],
        [unit.regon for unit in made],
        entries,
        people,
    ):
        assert len(values) == len(set(values))
    assert all(900_000 < int(rspo) < 901_000 for rspo in entries)
    assert all(email.endswith("@example.org") and email.isascii() for email in people)


def test_numbers_and_codes_are_right():
    for unit in units():
        assert identifiers.is_nip(unit.nip)
        assert identifiers.is_regon(unit.regon)
        assert identifiers.is_postal_code(unit.postal_code)


def test_a_complex_has_several_register_entries():
    assert all(len(unit.entries) > 2 for unit in units() if unit.kind.startswith("zespol"))
