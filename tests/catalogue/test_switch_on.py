"""The catalogue on a city's own screen: what a type needs, what differs, switching it on."""

from datetime import timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accounts.errors import ProofNeeded
from accounts.models import Function
from audit.models import Entry
from budget import services as budget
from budget.models import Pot
from catalogue.errors import FormNotPublished, TypeAlreadyOn, TypeNotLoaded, TypeUnknown
from catalogue.parsing import only, shipped
from catalogue.permissions import Permission
from catalogue.selectors import offered
from catalogue.services import switch_on_type, take_edition
from forms import services
from forms.models import Form
from opium.permissions import SYSTEM, MissingPermission
from procedures.errors import ProcedureChangedMeanwhile
from procedures.models import LetterTemplate, Procedure, ProcedureRevision
from procedures.services import designing
from tenants.models import Tenant
from tests.factories.accounts import PersonFactory, person_with

pytestmark = pytest.mark.django_db
TYPES = "/api/v1/catalogue/types/"
KEY = "wyposazenie_i_modernizacja"
NAME = "Wyposażenie i modernizacja gabinetów, świetlic, bibliotek oraz placów zabaw"


@pytest.fixture
def keeper():
    person = person_with(Permission.SWITCH_ON_TYPES)
    person.proved_at = timezone.now()
    return person


def one(key=KEY):
    return next(found for found in offered(SYSTEM) if found.key == key)


def states(found, kind):
    return {need.state for need in found.needs if need.kind == kind}


def test_every_type_tells_what_it_needs_before_it_is_in_the_city():
    found = offered(SYSTEM)
    assert len(found) == 7
    assert {each.state for each in found} == {"absent"}
    wanted = one()
    assert (wanted.name, wanted.procedure, wanted.differences) == (NAME, None, [])
    assert wanted.stages == 13
    assert wanted.questions > 5
    for kind in ("function", "letter", "pot", "class"):
        assert states(wanted, kind) == {"added"}, kind
    assert [need.sentence for need in wanted.needs if need.kind == "pot"] == [
        f"Pula na {timezone.localdate().year} r. powstanie z kwotą przykładową: zmień ją."
    ]


def test_switching_on_brings_one_type_with_all_that_it_needs_and_nothing_else(
    keeper, play_everything
):
    play_everything()
    done = switch_on_type(actor=keeper, key=KEY)
    assert (done.is_published, list(done.waits_for)) == (True, [])
    assert [each.name for each in Procedure.objects.all()] == [NAME]
    assert ProcedureRevision.objects.count() == 1
    needed = only(shipped(), KEY)
    assert set(Function.objects.values_list("code", flat=True)) >= set(needed.functions)
    assert set(LetterTemplate.objects.values_list("key", flat=True)) == set(needed.letters)
    assert set(Pot.objects.values_list("code", flat=True)) == set(needed.pots)
    assert Form.objects.count() == len(needed.types[0].forms)
    found = one()
    assert (found.state, found.number, found.problems) == ("published", 1, [])
    assert found.differences == []
    assert "missing" not in {need.state for need in found.needs}


def test_the_log_tells_that_the_person_has_switched_it_on(keeper, play_everything):
    play_everything()
    switch_on_type(actor=keeper, key=KEY)
    entry = Entry.objects.get(deed="catalogue.switch_on_type")
    assert (entry.actor_id, entry.right) == (keeper.pk, "catalogue.switch_on_types")
    assert entry.after == {"name": NAME, "published": True}


def test_a_type_that_nobody_could_work_with_waits_as_a_draft_that_says_why(keeper):
    done = switch_on_type(actor=keeper, key=KEY)
    assert not done.is_published
    assert done.waits_for
    found = one()
    assert found.state == "draft"
    assert found.problems
    assert states(found, "function") == {"missing"}
    assert offered(SYSTEM)[0].key == KEY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [(KEY, KEY), (KEY, "nagrody_prezydenta")])
def test_of_two_presses_at_once_the_later_finds_what_the_first_has_brought(
    keeper, play_everything, keys
):
    play_everything()
    start, came = Barrier(2), []

    def press(key):
        connection.set_tenant(Tenant.objects.get(schema_name="north"))
        start.wait(10)
        try:
            came.append(switch_on_type(actor=keeper, key=key).is_published)
        except TypeAlreadyOn:
            came.append("already on")
        connection.close()

    threads = [Thread(target=press, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert came == ([True, "already on"] if keys[0] == keys[1] else [True, True])
    assert Procedure.objects.count() == len(set(keys))


def test_a_waiting_draft_is_published_by_the_next_press_and_not_added_again(
    keeper, play_everything
):
    switch_on_type(actor=keeper, key=KEY)
    play_everything()
    assert switch_on_type(actor=keeper, key=KEY).is_published
    assert Procedure.objects.count() == 1
    with pytest.raises(TypeAlreadyOn, match="Wyposażenie"):
        switch_on_type(actor=keeper, key=KEY)


def test_what_differs_is_told_in_words_by_questions_stages_and_letters(keeper, play_everything):
    play_everything()
    procedure = switch_on_type(actor=keeper, key=KEY).procedure
    form = Form.objects.get(pk=procedure.draft["form"])
    section = form.draft["sections"][0]
    asked = section["questions"].pop(0)
    Form.objects.filter(pk=form.pk).update(draft=form.draft)
    revision = form.revisions.get()
    publish_form_again(form, revision)
    stages = [
        {**stage, "name": "Nasza ocena"} if stage["kind"] == "formal_check" else stage
        for stage in procedure.draft["stages"]
    ]
    designing.change_procedure(
        actor=SYSTEM,
        procedure=procedure,
        draft_version=procedure.draft_version,
        draft={**procedure.draft, "stages": stages},
    )
    procedure.refresh_from_db()
    designing.publish_procedure(actor=SYSTEM, procedure=procedure)
    LetterTemplate.objects.filter(key="wezwanie").update(is_archived=True)

    told = {(each.about.partition(" „")[0], each.sentence) for each in one().differences}

    sentences = [sentence for _, sentence in told]
    assert any("było „Nasza ocena”, jest „" in sentence for sentence in sentences)
    assert any(asked["label"] in sentence for about, sentence in told if about == "Formularz")
    assert ("Wzór pisma", "Miasto nie ma tego wzoru.") in told


def publish_form_again(form, revision):
    """Published with what its draft says now; no sheet is under way."""
    form.refresh_from_db()
    services.publish_form(actor=SYSTEM, form=form)
    assert form.revisions.count() == revision.number + 1


def test_a_newer_edition_comes_into_the_drafts_and_what_runs_stays(keeper, play_everything):
    play_everything()
    procedure = switch_on_type(actor=keeper, key=KEY).procedure
    shorter = {**procedure.draft, "description": "Nasz opis"}
    designing.change_procedure(
        actor=SYSTEM,
        procedure=procedure,
        draft_version=procedure.draft_version,
        draft=shorter,
    )
    procedure.refresh_from_db()
    seen = procedure.draft_version
    with pytest.raises(ProcedureChangedMeanwhile):
        take_edition(actor=keeper, key=KEY, draft_version=seen - 1)
    take_edition(actor=keeper, key=KEY, draft_version=seen)
    procedure.refresh_from_db()
    assert procedure.draft["description"] == shipped_procedure()["description"]
    assert procedure.draft["form"] == str(Form.objects.get(pk=procedure.draft["form"]).pk)
    assert ProcedureRevision.objects.count() == 1
    assert Entry.objects.filter(deed="catalogue.take_edition", actor_id=keeper.pk).count() == 1


def applicants_form(procedure):
    procedure.refresh_from_db()
    return Form.objects.get(pk=procedure.draft["form"])


def retitled(form, title):
    services.change_draft(
        actor=SYSTEM,
        form=form,
        definition={**form.draft, "title": title},
        draft_version=form.draft_version,
    )
    form.refresh_from_db()


def put_in_place(procedure, form):
    designing.change_procedure(
        actor=SYSTEM,
        procedure=procedure,
        draft_version=procedure.draft_version,
        draft={**procedure.draft, "form": str(form.pk)},
    )
    procedure.refresh_from_db()


def test_an_edition_never_overwrites_what_a_colleague_has_not_published_yet(
    keeper, play_everything
):
    play_everything()
    procedure = switch_on_type(actor=keeper, key=KEY).procedure
    form = applicants_form(procedure)
    brought = form.draft
    services.change_form(actor=SYSTEM, form=form, name="Nasz wniosek")
    retitled(form, "Moje dwie godziny pracy")
    before = (procedure.draft, procedure.draft_version)

    with pytest.raises(FormNotPublished, match="„Nasz wniosek”"):
        take_edition(actor=keeper, key=KEY, draft_version=procedure.draft_version)
    assert applicants_form(procedure).draft["title"] == "Moje dwie godziny pracy"
    assert (procedure.draft, procedure.draft_version) == before

    services.publish_form(actor=SYSTEM, form=form)
    take_edition(actor=keeper, key=KEY, draft_version=procedure.draft_version)
    assert applicants_form(procedure) == form
    assert applicants_form(procedure).draft == brought
    assert form.revisions.last().definition["title"] == "Moje dwie godziny pracy"


def test_an_edition_leaves_a_form_that_the_city_has_shared_in_and_names_the_catalogues_again(
    keeper, play_everything
):
    play_everything()
    procedure = switch_on_type(actor=keeper, key=KEY).procedure
    brought = applicants_form(procedure)
    shared = services.add_form(
        actor=SYSTEM, name="Wspólny", definition={**brought.draft, "title": "Wspólny"}
    )
    services.publish_form(actor=SYSTEM, form=shared)
    put_in_place(procedure, shared)
    forms_before = Form.objects.count()

    take_edition(actor=keeper, key=KEY, draft_version=procedure.draft_version)
    shared.refresh_from_db()
    assert (shared.draft["title"], shared.draft_version) == ("Wspólny", 1)
    assert applicants_form(procedure) == brought
    assert Form.objects.count() == forms_before

    services.change_form(actor=SYSTEM, form=brought, name="Nasz wniosek")
    put_in_place(procedure, shared)
    take_edition(actor=keeper, key=KEY, draft_version=procedure.draft_version)
    shared.refresh_from_db()
    assert (shared.draft["title"], shared.draft_version) == ("Wspólny", 1)
    assert applicants_form(procedure) not in (shared, brought)
    assert applicants_form(procedure).draft == brought.draft
    assert Form.objects.count() == forms_before + 1


def shipped_procedure():
    return only(shipped(), KEY).types[0].procedure


def test_an_edition_of_what_the_city_has_not_is_refused_and_so_is_an_unknown_type(keeper):
    with pytest.raises(TypeNotLoaded, match="Wyposażenie"):
        take_edition(actor=keeper, key=KEY, draft_version=0)
    with pytest.raises(TypeUnknown, match="nie_ma"):
        switch_on_type(actor=keeper, key="nie_ma")
    assert not Procedure.objects.exists()


def test_a_call_that_has_ended_and_a_pot_of_another_year_are_told_as_missing(
    keeper, play_everything
):
    play_everything()
    day = timezone.localdate() - timedelta(days=1)
    for code in only(shipped(), KEY).pots:
        budget.make_pot(
            actor=SYSTEM, year=day.year - 1, code=code, name=code, amount=Decimal("1.00")
        )
    procedure = switch_on_type(actor=keeper, key=KEY).procedure
    limits = {**procedure.draft.get("limits", {}), "closes_at": day.isoformat()}
    Procedure.objects.filter(pk=procedure.pk).update(draft={**procedure.draft, "limits": limits})
    found = one()
    assert states(found, "dates") == {"missing"}
    assert states(found, "pot") == {"missing"}


def test_without_the_right_or_a_fresh_proof_nothing_is_seen_or_switched_on(keeper):
    stranger = PersonFactory()
    with pytest.raises(MissingPermission):
        offered(stranger)
    with pytest.raises(MissingPermission):
        switch_on_type(actor=stranger, key=KEY)
    keeper.proved_at = timezone.now() - timedelta(days=1)
    with pytest.raises(ProofNeeded):
        switch_on_type(actor=keeper, key=KEY)
    assert not Procedure.objects.exists()


def test_another_city_sees_nothing_of_what_was_switched_on(keeper, in_south):
    switch_on_type(actor=keeper, key=KEY)
    with in_south():
        assert {each.state for each in offered(SYSTEM)} == {"absent"}


def test_the_screen_costs_the_same_queries_for_one_type_and_for_seven(
    keeper, api, play_everything, django_assert_num_queries
):
    play_everything()
    switch_on_type(actor=keeper, key=KEY)
    browser = api(keeper)
    browser.get(TYPES)
    with django_assert_num_queries(QUERIES):
        assert len(browser.get(TYPES).json()) == 7
    for each in offered(SYSTEM):
        if each.state == "absent":
            switch_on_type(actor=keeper, key=each.key)
    with django_assert_num_queries(QUERIES):
        answer = browser.get(TYPES).json()
    assert {each["state"] for each in answer} == {"published"}


QUERIES = 14
