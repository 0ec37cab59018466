"""Files are written here in the register's own format; the real ones are in test_import_real."""

from datetime import date

import pytest

from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import person_with
from tests.factories.directory import UnitKindFactory
from tests.modules.directory.register import HEADER, bring, school
from units.models import RegisterEntry, Unit

pytestmark = pytest.mark.django_db


def test_a_row_becomes_a_unit_with_its_entry(written):
    report = bring(written(school(900031)))

    unit = Unit.objects.get()
    assert (unit.short_name, unit.name, unit.kind.code) == (
        "SP nr 31",
        "SZKOŁA PODSTAWOWA NR 31",
        "szkola-podstawowa",
    )
    assert (unit.street, unit.building, unit.postal_code, unit.city) == (
        "ul. Gdańska",
        "1",
        "85-006",
        "Bydgoszcz",
    )
    assert (unit.phone, unit.email, unit.website) == ("523420338", "sp31@example.org", "")
    assert (unit.nip, unit.regon, unit.opened_on) == ("5252248481", "015259640", date(1999, 9, 1))
    entry = unit.entries.get()
    assert (entry.rspo, entry.status, entry.organ, entry.teryt, entry.is_main) == (
        "900031",
        "publiczna",
        "MIASTO BYDGOSZCZ",
        "0461011",
        True,
    )
    assert report.added == [
        {
            "short_name": "SP nr 31",
            "rspo": "900031",
            "name": "SZKOŁA PODSTAWOWA NR 31",
            "kind": "szkola-podstawowa",
            "rspo_numbers": ["900031"],
        }
    ]
    assert (report.rows_read, report.rows_selected, report.warnings) == (1, 1, [])


def test_a_complex_and_its_schools_are_one_unit(written):
    parts = [
        school(900011, **{"RSPO podmiotu nadrzędnego": "900010"}),
        school(
            900012,
            **{"RSPO podmiotu nadrzędnego": "900010", "Typ": "Przedszkole", "Nazwa": "P NR 1"},
        ),
    ]
    whole = school(
        900010,
        Typ="Zespół szkół i placówek oświatowych",
        Nazwa="ZESPÓŁ SZKÓŁ NR 10",
    )

    report = bring(written(parts[0], whole, parts[1]))

    unit = Unit.objects.get()
    assert (unit.short_name, unit.kind.code) == ("ZS nr 10", "zespol-szkol")
    assert sorted(unit.entries.values_list("rspo", "is_main")) == [
        ("900010", True),
        ("900011", False),
        ("900012", False),
    ]
    assert report.added[0]["rspo_numbers"] == ["900010", "900011", "900012"]


def test_a_complex_without_a_row_is_told_by_its_schools(written):
    told = {
        "RSPO podmiotu nadrzędnego": "900010",
        "Typ podmiotu nadrzędnego": "Zespół szkół i placówek oświatowych",
        "Nazwa podmiotu nadrzędnego": "ZESPÓŁ SZKÓŁ NR 10",
    }

    report = bring(written(school(900011, **told), school(900012, **told)))

    unit = Unit.objects.get()
    assert (unit.short_name, unit.entries.count(), unit.nip) == ("ZS nr 10", 3, "")
    assert [one["row"] for one in report.warnings] == [2, 3]


def test_a_ring_of_parents_is_no_trap(written):
    first = school(900001, **{"RSPO podmiotu nadrzędnego": "900002"})
    second = school(900002, **{"RSPO podmiotu nadrzędnego": "900001"})

    bring(written(first, second, school(900003, **{"RSPO podmiotu nadrzędnego": "900003"})))

    assert Unit.objects.count() == 3


def test_only_the_selection_is_read_and_closed(written):
    other = {"Nazwa organu prowadzącego": "Powiat Bydgoski"}
    bring(written(school(900031), school(900032), school(900040, **other)))

    report = bring(written(school(900031), school(900041, **other)), organ="miasto  bydgoszcz")

    assert (report.rows_read, report.rows_selected) == (2, 1)
    assert [one["short_name"] for one in report.closed] == ["SP nr 32"]
    assert report.added == []
    assert RegisterEntry.objects.get(rspo="900040").unit.is_open


@pytest.mark.parametrize("teryt", ["046101", "0461011", "0461", "04"])
def test_communes_are_selected_by_the_beginning_of_their_code(written, teryt):
    elsewhere = {"Kod terytorialny gmina": '="0403022"'}
    path = written(
        school(900031),
        school(900032, **{"Kod terytorialny gmina": "461011"}),
        school(900033, **elsewhere),
        school(900034, **{"Kod terytorialny gmina": ""}),
    )

    report = bring(path, teryt=teryt)

    assert report.rows_selected == (3 if teryt == "04" else 2)


def test_a_file_that_shares_no_unit_with_the_city_is_refused(written):
    bring(written(school(900031)))

    with pytest.raises(errors.NothingInCommon, match="zamknąłby 1 jednostki"):
        bring(written(school(900099)))

    assert Unit.objects.get().closed_on is None


def test_a_unit_already_closed_is_not_brought_in(written):
    report = bring(written(school(900031), school(900032, **{"Data likwidacji": "31.08.2019"})))

    assert (Unit.objects.get().short_name, report.never_opened) == ("SP nr 31", 1)


def test_wrong_numbers_are_warnings_with_row_and_number(written):
    path = written(
        school(900031, NIP="5252248482", REGON='="581646000"'),
        school(900032, **{"E-mail": "sekretariat", "Kod pocztowy": "Bydgoszcz", "NIP": "brak"}),
        school(900033, **{"Data założenia": "wczoraj"}),
    )

    report = bring(path)

    assert [(one["row"], one["rspo"], one["text"]) for one in report.warnings] == [
        (2, "900031", "NIP 5252248482 ma złą cyfrę kontrolną."),
        (2, "900031", "REGON 581646000 ma złą cyfrę kontrolną."),
        (3, "900032", "Pominięto NIP „BRAK”, bo to nie jest numer."),
        (3, "900032", "Pominięto nieprawidłowy kod pocztowy „Bydgoszcz”."),
        (3, "900032", "Pominięto nieprawidłowy adres e-mail „sekretariat”."),
        (4, "900033", "Nieczytelna data w kolumnie „Data założenia”: „wczoraj”."),
    ]
    stored = Unit.objects.get(short_name="SP nr 31")
    assert (stored.nip, stored.regon) == ("5252248482", "581646000")
    assert Unit.objects.count() == 3


def test_unusable_rows_are_rejected_and_the_others_come_in(written):
    path = written(
        school(900031),
        school(900032, **{"Numer RSPO": ""}),
        school(900033, **{"Numer RSPO": "abc"}),
        school(900034, Nazwa=""),
        school(900031),
    )
    with path.open("a", encoding="utf-8") as file:
        file.write("900035;za krótki\n")
        file.write(";".join(["900036"] * 25) + "\n")
        file.write("\n")

    report = bring(path)

    assert [(one["row"], one["text"]) for one in report.rejected] == [
        (3, "Brak numeru RSPO."),
        (4, "To nie jest numer RSPO: „ABC”."),
        (5, "Brak nazwy."),
        (6, "Numer RSPO 900031 był już w pliku; liczy się pierwszy wiersz."),
        (7, "Wiersz ma 2 kolumny zamiast 20."),
        (8, "Wiersz ma 25 kolumn zamiast 20."),
    ]
    assert Unit.objects.count() == 1


def test_hostile_lengths_and_characters_do_not_break_the_import(written):
    path = written(
        school(900031, Nazwa="Ą" * 5000, Ulica="x" * 999, Telefon="1\x002"),
        school(900032, **{"Numer RSPO": "9" * 40, "REGON": "1" * 99}),
    )

    report = bring(path)

    unit = Unit.objects.get()
    assert (len(unit.name), len(unit.street), unit.phone) == (500, 200, "1 2")
    assert len(unit.short_name) <= 100
    assert len(report.rejected) == 1


def test_the_old_headers_and_encodings_are_read(written):
    plain = str.maketrans("ąćęłńóśźż", "acelnoszz")
    header = [title.translate(plain) for title in HEADER]
    row = {title.translate(plain): cell for title, cell in school(900031).items()}
    row["Numer budynku"] = "19 "

    bring(written(row, header=header[::-1], encoding="cp1250"))

    unit = Unit.objects.get()
    assert (unit.building, unit.street) == ("19", "ul. Gdańska")
    assert unit.entries.get().status == "publiczna"


def test_the_number_of_queries_to_compare_does_not_grow(written, django_assert_num_queries):
    services.add_starting_kinds(actor=SYSTEM)
    many = written(*(school(900001 + number) for number in range(60)), name="many.csv")
    one = written(school(900001), name="one.csv")

    with django_assert_num_queries(3):
        bring(one, is_dry_run=True)
    bring(many)
    # savepoint and release included; units and entries are one query each
    with django_assert_num_queries(4):
        bring(many, is_dry_run=True)


def test_who_may_change_units_may_not_import_them(written):
    clerk = person_with(Permission.CHANGE_UNITS)

    with pytest.raises(MissingPermission):
        services.import_units(actor=clerk, source=written(school(900031)))

    assert not Unit.objects.exists()


def test_a_right_to_import_is_enough(written):
    clerk = person_with(Permission.IMPORT_UNITS)

    services.import_units(actor=clerk, source=written(school(900031)))

    assert Entry.objects.get(deed="directory.import_units").actor_id == clerk.pk


def test_the_other_city_is_neither_seen_nor_touched(written, in_south):
    with in_south():
        bring(written(school(900031), school(900032), name="south.csv"))

    report = bring(written(school(900031)))

    assert (len(report.added), report.closed) == (1, [])
    with in_south():
        assert Unit.objects.open_now().count() == 2


def test_the_citys_own_kinds_stay_as_it_named_them(written):
    kind = UnitKindFactory(code="szkola-podstawowa")
    services.change_kind(actor=SYSTEM, kind=kind, name="Podstawówka")

    bring(written(school(900031)))

    assert Unit.objects.get().kind.name == "Podstawówka"
