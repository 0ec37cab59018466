import json
import os
import shutil
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Function
from catalogue.checking import check
from catalogue.parsing import SHIPPED, read
from catalogue.services import load_catalogue
from forms.models import Form, FormRevision, UnitTable
from opium.permissions import SYSTEM
from procedures.models import LetterTemplate, Procedure, ProcedureRevision

SEVEN = {
    "bydgoskie_granty_oswiatowe",
    "nagrody_prezydenta",
    "nagroda_dla_ucznia",
    "nagroda_dla_nauczyciela",
    "wyposazenie_i_modernizacja",
    "granty_rozwoju_zdolnosci",
    "granty_fabryka_szans",
}


RUN = "from config.cli import main; main()"


def documents():
    return {one.key: one for one in read(SHIPPED).types}


def kinds(one):
    return [stage["kind"] for stage in one.procedure["stages"]]


def test_the_seven_types_pass_the_publishing_checks():
    catalogue = read(SHIPPED)
    assert {one.key for one in catalogue.types} == SEVEN
    assert check(catalogue) == []


def test_the_seven_types_differ_as_the_real_ones_do():
    types = documents()
    points = {key: kinds(one).count("scoring") for key, one in types.items()}
    assert points == {
        "bydgoskie_granty_oswiatowe": 1,
        "nagrody_prezydenta": 0,
        "nagroda_dla_ucznia": 0,
        "nagroda_dla_nauczyciela": 1,
        "wyposazenie_i_modernizacja": 1,
        "granty_rozwoju_zdolnosci": 2,
        "granty_fabryka_szans": 1,
    }
    settled = {key for key, one in types.items() if "settlement" in kinds(one)}
    assert settled == SEVEN - {
        "nagrody_prezydenta",
        "nagroda_dla_ucznia",
        "nagroda_dla_nauczyciela",
    }
    assert {key for key, one in types.items() if "allocation" in kinds(one)} == {
        "bydgoskie_granty_oswiatowe",
        "nagroda_dla_nauczyciela",
        "wyposazenie_i_modernizacja",
        "granty_rozwoju_zdolnosci",
    }
    pupil = json.dumps(types["nagroda_dla_ucznia"].forms["wniosek"])
    assert '"of": "pupil"' in pupil
    assert len({one.procedure.get("limits", {}).get("per_unit", "") for one in types.values()}) == 5


@pytest.mark.parametrize("key", sorted(SEVEN))
def test_every_type_names_the_unit_by_itself_and_the_class_of_its_sign(key):
    one = documents()[key]
    questions = [
        question for part in one.forms["wniosek"]["sections"] for question in part["questions"]
    ]
    assert [question["prefill"] for question in questions if question["type"] == "unit"] == ["unit"]
    assert one.procedure["class"] in read(SHIPPED).classes


@pytest.mark.parametrize("key", sorted(SEVEN))
def test_every_type_says_how_sure_its_facts_are(key):
    one = documents()[key]
    sources = one.procedure["sources"] + [
        source for form in one.forms.values() for source in form.get("sources", [])
    ]
    assert sources
    assert all(source.startswith(("[V]", "[T]", "[NV]")) for source in sources)


def command(folder):
    """The command as an operator runs it, with a database that does not exist."""
    return subprocess.run(
        [sys.executable, "-c", RUN, "catalogue", "check", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
    )


def copy_of(key, tmp_path):
    return shutil.copytree(SHIPPED / "types" / key, tmp_path / key)


def changed(folder, change):
    path = folder / "procedure.json"
    procedure = json.loads(path.read_text())
    change(procedure)
    path.write_text(json.dumps(procedure))


def test_the_check_needs_no_database_and_names_each_type():
    done = command(SHIPPED)
    assert (done.returncode, "Sprawdzono typów: 7." in done.stdout) == (0, True)


def test_a_stage_without_a_way_out_fails_the_check_under_its_name(tmp_path):
    folder = copy_of("nagrody_prezydenta", tmp_path)
    changed(
        folder,
        lambda procedure: procedure.update(
            transitions=[one for one in procedure["transitions"] if one["from"] != "rekomendacja"]
        ),
    )
    done = command(folder)
    assert done.returncode == 1
    assert "[etap rekomendacja]" in done.stderr


def test_a_condition_about_an_unknown_question_fails_the_check(tmp_path):
    folder = copy_of("wyposazenie_i_modernizacja", tmp_path)

    def change(procedure):
        way = next(one for one in procedure["transitions"] if one.get("condition"))
        way["condition"] = 'nie_ma_takiego = "x"'

    changed(folder, change)
    done = command(folder)
    assert (done.returncode, "nie_ma_takiego" in done.stderr) == (1, True)


def test_a_broken_file_is_told_by_its_place(tmp_path):
    folder = copy_of("nagrody_prezydenta", tmp_path)
    (folder / "procedure.json").write_text('{"format": 1,')
    done = command(folder)
    assert done.returncode == 1
    assert "procedure.json" in done.stderr
    assert "wiersz 1" in done.stderr


@pytest.mark.django_db
def test_a_city_with_people_in_the_roles_has_all_seven_published(play_everything):
    play_everything()
    loaded = load_catalogue(actor=SYSTEM, catalogue=read(SHIPPED))
    assert loaded.waiting == {}
    assert len(loaded.published) == 7
    assert ProcedureRevision.objects.count() == 7
    assert FormRevision.objects.count() == 17
    assert LetterTemplate.objects.count() == 2
    assert UnitTable.objects.get().key == "limity_bgo"


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_keeps_what_the_city_made_its_own(play_everything):
    play_everything()
    load_catalogue(actor=SYSTEM, catalogue=read(SHIPPED))
    Procedure.objects.filter(name="Granty Fabryka Szans").update(description="Nasz opis")
    before = (Form.objects.count(), Function.objects.count(), ProcedureRevision.objects.count())

    loaded = load_catalogue(actor=SYSTEM, catalogue=read(SHIPPED))

    assert (len(loaded.kept), loaded.published) == (7, [])
    after = (Form.objects.count(), Function.objects.count(), ProcedureRevision.objects.count())
    assert after == before
    assert Procedure.objects.get(name="Granty Fabryka Szans").description == "Nasz opis"


@pytest.mark.django_db
def test_where_nobody_plays_a_function_the_draft_waits_and_is_published_later(play_everything):
    loaded = load_catalogue(actor=SYSTEM, catalogue=read(SHIPPED))
    assert (loaded.published, len(loaded.waiting)) == ([], 7)
    assert Procedure.objects.count() == 7
    assert all(sentences for sentences in loaded.waiting.values())

    play_everything()

    assert len(load_catalogue(actor=SYSTEM, catalogue=read(SHIPPED)).published) == 7
    assert Procedure.objects.count() == 7


@pytest.mark.django_db
def test_the_command_loads_into_the_named_city_only(in_south):
    out = StringIO()
    call_command("catalogue_load", "--city", "south", stdout=out)
    assert "Bydgoskie Granty Oświatowe" in out.getvalue()
    assert not Procedure.objects.exists()
    with in_south():
        assert Procedure.objects.count() == 7
    with pytest.raises(CommandError, match="nigdzie"):
        call_command("catalogue_load", "--city", "nigdzie")
