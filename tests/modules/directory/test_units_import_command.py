import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from opium.calendar import day_of
from units.models import Unit

pytestmark = pytest.mark.django_db

RENAMED = "Szkoła Podstawowa nr 31 im. Noego"
HEADER = "Numer RSPO;REGON;Nazwa;Nazwa organu prowadzącego;Telefon"


@pytest.fixture
def file(tmp_path):
    def write(*rows, name="rspo.csv"):
        path = tmp_path / name
        path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
        return path

    return write


def run(*args, capsys, **options):
    call_command("units_import", *map(str, args), city="north", **options)
    return capsys.readouterr().out


def summary(heading, selected, *, added=0, changed=0, closed=0, warnings=0, rejected=0):
    return (
        f"{heading} w pliku, wybrano {selected}; dodane {added}, zmienione {changed}, "
        f"zamknięte {closed}, bez zmian 0, pominięte zlikwidowane 0, "
        f"ostrzeżenia {warnings}, odrzucone wiersze {rejected}."
    )


def test_it_says_what_it_did_and_what_it_would_do(file, capsys):
    first = file(
        "900031;581646000;Szkoła Podstawowa nr 31;Miasto;523420338",
        "900032;015259640;Szkoła Podstawowa nr 32;Miasto;523420339",
        "x;;Szkoła;Miasto;",
    )

    said = run(first, capsys=capsys)

    assert said.splitlines() == [
        "+ SP nr 31: Szkoła Podstawowa nr 31 (RSPO 900031)",
        "+ SP nr 32: Szkoła Podstawowa nr 32 (RSPO 900032)",
        "! wiersz 2 (RSPO 900031): REGON 581646000 ma złą cyfrę kontrolną.",
        "x wiersz 4 (RSPO X) odrzucony: To nie jest numer RSPO: „X”.",
        summary("Zapisano: 3 wiersze", 2, added=2, warnings=1, rejected=1),
    ]

    Unit.objects.filter(short_name="SP nr 31").update(name="Nasza szkoła")
    second = file(f"900031;;{RENAMED};Miasto;520000000")
    tried = run(second, capsys=capsys, dry_run=True)

    today = day_of(Unit.objects.get(short_name="SP nr 32").updated_at)
    assert tried.splitlines() == [
        "~ SP nr 31 (RSPO 900031)",
        "    phone: „523420338” → „520000000”",
        f"    entries.900031.name: „Szkoła Podstawowa nr 31” → „{RENAMED}”",
        f"- SP nr 32 (RSPO 900032): zamknięta {today}, nie ma jej w pliku",
        f"    entries.900032.closed_on: (brak) → „{today}”",
        "= SP nr 31 (RSPO 900031): zostają dane wpisane w mieście",
        f"    name: „Nasza szkoła” (w rejestrze „{RENAMED}”)",
        summary("Próba, nic nie zapisano: 1 wiersz", 1, changed=1, closed=1),
    ]
    assert Unit.objects.open_now().count() == 2


def test_json_is_one_object(file, capsys):
    said = run(file("900031;;SP;Miasto;"), capsys=capsys, json=True, dry_run=True)

    report = json.loads(said)
    assert report["is_dry_run"] is True
    assert report["added"] == [
        {
            "short_name": "SP",
            "rspo": "900031",
            "name": "SP",
            "kind": "inna",
            "rspo_numbers": ["900031"],
        }
    ]
    assert report.keys() == {
        "is_dry_run",
        "rows_read",
        "rows_selected",
        "added",
        "changed",
        "closed",
        "kept",
        "unchanged",
        "never_opened",
        "warnings",
        "rejected",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "nie ma takiego pliku"),
        (b"", "jest pusty"),
        (b"\x00\x81\x83\x88\x90" * 50, "to nie jest plik tekstowy ani arkusz"),
        (b"Ala;ma;kota\n", "w nagłówku brakuje: „Numer RSPO”, „Nazwa”"),
        (b"PK\x03\x04 to nie zip", "jest uszkodzony"),
        (gzip.compress(b"Numer RSPO;Nazwa\n1;A\n", mtime=0)[:-9], "plik jest uszkodzony"),
        (b'Numer RSPO;Nazwa\n1;"' + b"a" * 200_000, "niezamknięty cudzysłów"),
    ],
    ids=["missing", "empty", "binary", "other", "broken zip", "broken gzip", "open quote"],
)
def test_a_wrong_file_is_a_sentence_and_exit_code_2(tmp_path, content, reason):
    path = tmp_path / "plik.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=reason) as refusal:
        call_command("units_import", str(path), city="north")

    assert refusal.value.returncode == 2
    assert not Unit.objects.exists()


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(CommandError, match="to jest folder") as refusal:
        call_command("units_import", str(tmp_path), city="north")

    assert refusal.value.returncode == 2


@pytest.mark.parametrize(("city", "says"), [("", "Wskaż miasto"), ("east", "Nie ma miasta „east”")])
def test_a_city_has_to_be_named(file, city, says):
    with pytest.raises(CommandError, match=says) as refusal:
        call_command("units_import", str(file("1;;A;B;")), city=city)

    assert refusal.value.returncode == 2
    assert "north, south" in str(refusal.value)


def test_a_selection_without_rows_is_refused(file):
    with pytest.raises(CommandError, match="nie pasuje do warunków: organ „Gmina”"):
        call_command("units_import", str(file("1;;A;Miasto;")), city="north", organ="Gmina")
    with pytest.raises(CommandError, match="brakuje: „Kod terytorialny gmina”"):
        call_command("units_import", str(file("1;;A;Miasto;")), city="north", teryt="04")


def test_it_works_in_the_named_city_alone(file, capsys, in_south):
    run(file("900031;;SP nr 31;Miasto;"), capsys=capsys)

    with in_south():
        assert not Unit.objects.exists()
