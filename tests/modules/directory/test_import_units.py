"""Files are written here in the register's own format; the real ones are in test_import_real."""

import csv
from datetime import date

import pytest
from django.utils import timezone

from audit.models import Entry
from modules.directory import errors, services
from modules.directory.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from tests.factories.accounts import person_with
from tests.factories.directory import RegisterEntryFactory, UnitFactory, UnitKindFactory
from units.models import RegisterEntry, Unit

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
HEADER = [
    "Numer RSPO",
    "REGON",
    "NIP",
    "Typ",
    "Nazwa",
    "Kod terytorialny gmina",
    "Miejscowość",
    "Ulica",
    "Numer budynku",
    "Kod pocztowy",
    "Telefon",
    "E-mail",
    "Strona www",
    "Publiczność status",
    "Data założenia",
    "Data likwidacji",
    "Nazwa organu prowadzącego",
    "RSPO podmiotu nadrzędnego",
    "Typ podmiotu nadrzędnego",
    "Nazwa podmiotu nadrzędnego",
]


def school(rspo, **changes):
    row = {
        "Numer RSPO": str(rspo),
        "REGON": '="015259640"',
        "NIP": '="5252248481"',
        "Typ": "Szkoła podstawowa",
        "Nazwa": f"SZKOŁA PODSTAWOWA NR {rspo % 100}",
        "Kod terytorialny gmina": '="0461011"',
        "Miejscowość": "Bydgoszcz",
        "Ulica": "ul. Gdańska",
        "Numer budynku": '="1"',
        "Kod pocztowy": '="85-006"',
        "Telefon": '="523420338"',
        "E-mail": f"sp{rspo % 100}@example.org",
        "Strona www": "http://",
        "Publiczność status": "publiczna",
        "Data założenia": "1999.09.01",
        "Nazwa organu prowadzącego": "MIASTO BYDGOSZCZ",
    }
    return row | changes


@pytest.fixture
def written(tmp_path):
    def write(*rows, header=HEADER, encoding="utf-8-sig", name="rspo.csv"):
        path = tmp_path / name
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, header, delimiter=";", quoting=csv.QUOTE_ALL)
            file.write(";".join(header) + "\n")
            writer.writerows(rows)
        return path

    return write


def bring(path, **options):
    return services.import_units(actor=SYSTEM, source=path, **options)


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


def test_the_same_import_again_changes_nothing(written):
    path = written(school(900031), school(900032))
    bring(path)
    before = list(Unit.objects.values())

    report = bring(path)

    assert (report.added, report.changed, report.closed, report.unchanged) == ([], [], [], 2)
    assert list(Unit.objects.values()) == before


def test_a_second_import_changes_closes_and_adds(written):
    bring(written(school(900031), school(900032), school(900033)))

    report = bring(
        written(
            school(900031, Telefon="520000000"),
            school(900032, **{"Data likwidacji": "2020.08.31"}),
            school(900034),
        )
    )

    assert report.changed == [
        {
            "short_name": "SP nr 31",
            "rspo": "900031",
            "changes": [{"field": "phone", "before": "523420338", "after": "520000000"}],
        }
    ]
    assert [(one["short_name"], one["closed_on"], one["reason"]) for one in report.closed] == [
        ("SP nr 33", TODAY.isoformat(), "nie ma jej w pliku"),
        ("SP nr 32", "2020-08-31", "data likwidacji w rejestrze"),
    ]
    assert [one["short_name"] for one in report.added] == ["SP nr 34"]
    stored = {unit.short_name: (unit.phone, unit.closed_on) for unit in Unit.objects.all()}
    assert stored == {
        "SP nr 31": ("520000000", None),
        "SP nr 32": ("523420338", date(2020, 8, 31)),
        "SP nr 33": ("523420338", TODAY),
        "SP nr 34": ("523420338", None),
    }
    assert dict(RegisterEntry.objects.values_list("rspo", "closed_on")) == {
        "900031": None,
        "900032": date(2020, 8, 31),
        "900033": TODAY,
        "900034": None,
    }


def test_a_dry_run_tells_the_same_and_writes_nothing(written):
    bring(written(school(900031), school(900032)))
    second = written(school(900031, Telefon="520000000"), school(900033))
    before = (list(Unit.objects.values()), list(RegisterEntry.objects.values()))
    deeds = Entry.objects.count()

    tried = bring(second, is_dry_run=True)

    assert (list(Unit.objects.values()), list(RegisterEntry.objects.values())) == before
    assert Entry.objects.count() == deeds
    done = bring(second)
    assert (tried.added, tried.changed, tried.closed) == (done.added, done.changed, done.closed)
    assert (len(done.added), len(done.changed), len(done.closed)) == (1, 1, 1)


def test_what_the_city_edited_stays_and_is_told(written):
    bring(written(school(900031)))
    unit = Unit.objects.get()
    services.change_unit(actor=SYSTEM, unit=unit, phone="521111111", short_name="Trzydziestka")

    report = bring(written(school(900031, Telefon="520000000", Ulica="ul. Długa")))

    unit.refresh_from_db()
    assert (unit.phone, unit.street, unit.short_name) == (
        "521111111",
        "ul. Długa",
        "Trzydziestka",
    )
    assert report.kept == [
        {
            "short_name": "Trzydziestka",
            "rspo": "900031",
            "differences": [{"field": "phone", "before": "521111111", "after": "520000000"}],
        }
    ]
    assert [change["field"] for change in report.changed[0]["changes"]] == ["street"]


def test_a_field_that_the_city_emptied_stays_empty(written):
    bring(written(school(900031)))
    services.change_unit(actor=SYSTEM, unit=Unit.objects.get(), phone="")

    bring(written(school(900031)))

    assert Unit.objects.get().phone == ""


def test_an_empty_cell_says_nothing(written):
    bring(written(school(900031)))

    report = bring(written(school(900031, **{"Telefon": "", "E-mail": ""})))

    assert (Unit.objects.get().phone, report.unchanged) == ("523420338", 1)


def test_once_the_city_agrees_with_the_register_it_follows_again(written):
    bring(written(school(900031)))
    services.change_unit(actor=SYSTEM, unit=Unit.objects.get(), phone="520000000")
    bring(written(school(900031, Telefon="520000000")))

    bring(written(school(900031, Telefon="529999999")))

    assert Unit.objects.get().phone == "529999999"


def test_a_unit_that_comes_back_opens_again(written):
    both = written(school(900031), school(900032), name="both.csv")
    bring(both)
    bring(written(school(900032)))

    report = bring(both)

    assert Unit.objects.get(short_name="SP nr 31").closed_on is None
    changed = {change["field"] for change in report.changed[0]["changes"]}
    assert changed == {"closed_on", "entries.900031.closed_on"}


def test_a_unit_that_comes_back_finds_another_name_where_its_own_is_taken(written):
    both = written(school(900031), school(900032), name="both.csv")
    bring(both)
    bring(written(school(900032)))
    UnitFactory(short_name="SP nr 31")

    bring(both)

    reopened = RegisterEntry.objects.get(rspo="900031").unit
    assert (reopened.closed_on, reopened.short_name) == (None, "SP nr 31 Bydgoszcz")


def test_a_unit_closed_by_the_city_is_not_opened_by_the_register(written):
    path = written(school(900031))
    bring(path)
    services.close_unit(actor=SYSTEM, unit=Unit.objects.get())

    report = bring(path)

    assert Unit.objects.get().closed_on == TODAY
    assert [one["field"] for one in report.kept[0]["differences"]] == ["closed_on"]


def test_the_successor_takes_over_the_short_name(written):
    bring(written(school(900031), school(900032)))

    bring(written(school(900032), school(901031)))

    open_units = Unit.objects.open_now().values_list("short_name", "entries__rspo")
    assert sorted(open_units) == [("SP nr 31", "901031"), ("SP nr 32", "900032")]


def test_the_successor_takes_over_the_short_name_of_a_liquidated_unit(written):
    bring(written(school(900031), school(900032)))

    bring(written(school(900031, **{"Data likwidacji": "2020.08.31"}), school(901031)))

    assert RegisterEntry.objects.get(rspo="901031").unit.short_name == "SP nr 31"


def test_an_entry_that_the_selection_does_not_cover_is_left_alone(written):
    path = written(school(900031))
    bring(path)
    RegisterEntryFactory(unit=Unit.objects.get(), rspo="900099", organ="Powiat Bydgoski")
    RegisterEntryFactory(unit=Unit.objects.get(), rspo="900098", organ="Miasto Bydgoszcz")

    bring(path, organ="Miasto Bydgoszcz")

    assert dict(RegisterEntry.objects.values_list("rspo", "closed_on")) == {
        "900031": None,
        "900098": TODAY,
        "900099": None,
    }


def test_a_school_that_joins_a_complex_moves_into_it(written):
    bring(written(school(900031), school(900032)))

    report = bring(
        written(
            school(900010, Typ="Zespół szkół", Nazwa="ZESPÓŁ SZKÓŁ NR 10"),
            school(900031, **{"RSPO podmiotu nadrzędnego": "900010"}),
            school(900032),
        )
    )

    entry = RegisterEntry.objects.get(rspo="900031")
    assert (entry.unit.short_name, entry.is_main, entry.closed_on) == ("ZS nr 10", False, None)
    assert [(one["short_name"], one["reason"]) for one in report.closed] == [
        ("SP nr 31", "jest teraz częścią: ZESPÓŁ SZKÓŁ NR 10")
    ]
    assert report.added[0]["rspo_numbers"] == ["900010", "900031"]


def test_a_school_that_leaves_a_complex_becomes_a_unit(written):
    complex_ = school(900010, Typ="Zespół szkół", Nazwa="ZESPÓŁ SZKÓŁ NR 10")
    part = school(900031, **{"RSPO podmiotu nadrzędnego": "900010"})
    bring(written(complex_, part))

    bring(written(complex_, school(900031)))

    entries = {entry.rspo: entry for entry in RegisterEntry.objects.select_related("unit")}
    assert entries["900031"].unit.short_name == "SP nr 31"
    assert entries["900031"].is_main
    assert entries["900010"].unit.closed_on is None


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


def test_units_entered_by_hand_are_never_closed_by_a_file(written):
    UnitFactory(short_name="Izba pamięci")
    RegisterEntryFactory(unit=UnitFactory(short_name="SP nr 1"), is_main=True)

    report = bring(written(school(900931)))

    assert report.closed == []
    assert Unit.objects.open_now().count() == 3


def test_a_unit_entered_by_hand_without_a_number_is_recognised_by_its_name(written):
    by_hand = UnitFactory(
        short_name="sp nr 31", name="Trzydziestka jedynka", phone="521111111", street=""
    )

    report = bring(written(school(900031)))

    by_hand.refresh_from_db()
    assert (by_hand.entries.get().rspo, by_hand.phone, by_hand.street) == (
        "900031",
        "521111111",
        "ul. Gdańska",
    )
    assert (report.added, len(report.changed)) == ([], 1)


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


def test_every_change_of_a_unit_is_written_down(written):
    bring(written(school(900031)))
    unit = Unit.objects.get()

    bring(written(school(900031, Telefon="520000000")))

    first, second = Entry.objects.filter(target_id=str(unit.pk)).order_by("id")
    assert (first.right, first.before, first.after["entries"]) == (
        "directory.import_units",
        None,
        ["900031"],
    )
    assert (second.before, second.after) == ({"phone": "523420338"}, {"phone": "520000000"})


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
