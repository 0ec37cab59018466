"""What a newer file of the register changes of the units that are there, and what it leaves."""

from datetime import date

import pytest

from audit.models import Entry
from modules.directory import services
from opium.permissions import SYSTEM
from tests.factories.directory import RegisterEntryFactory, UnitFactory
from tests.modules.directory.register import TODAY, bring, school
from units.models import RegisterEntry, Unit

pytestmark = pytest.mark.django_db


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
