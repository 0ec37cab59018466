import copy

import pytest
from django.db import DatabaseError, transaction

from audit.models import Entry
from forms.services import archive_form
from opium.permissions import SYSTEM
from procedures import selectors
from procedures.errors import (
    CasesUndecided,
    MoveImpossible,
    NothingToMove,
    NothingToPublish,
    ProcedureChangedMeanwhile,
    ProcedureFaulty,
)
from procedures.models import Case, Event, Procedure, ProcedureRevision
from procedures.permissions import Permission
from procedures.services import designing
from procedures.services.designing import Move
from tests.factories import forms
from tests.factories import procedures as made
from tests.factories.accounts import person_with
from tests.procedures.publishing import longer, publish, redrafted, rename_stage, stage_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker():
    return person_with(Permission.MANAGE_PROCEDURES)


@pytest.fixture
def form():
    return forms.published()


@pytest.fixture
def grant(maker, form, clerk, boss):
    """A draft in which nothing is wrong."""
    draft = made.document(*copy.deepcopy(made.SIMPLE), form=str(form.pk))
    return designing.add_procedure(actor=maker, name="Grant", draft=draft)


def test_a_draft_becomes_a_revision_that_nobody_changes(grant, maker, form):
    revision = publish(grant, maker)

    assert (revision.number, revision.published_by) == (1, maker)
    assert selectors.definition_of(revision).name == "Grant"
    assert revision.bindings == {str(form.pk): str(form.revisions.get().pk)}
    grant.refresh_from_db()
    assert grant.form == form
    last = Entry.objects.filter(target_id=str(grant.pk)).latest("pk")
    assert (last.right, last.after) == (
        Permission.MANAGE_PROCEDURES,
        {"revision": 1, "moved": 0, "moves": []},
    )
    for spoil in (
        lambda rows: rows.update(number=7),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil(ProcedureRevision.objects.filter(pk=revision.pk))


def test_what_changed_is_kept_in_words(grant, maker):
    publish(grant, maker)
    redrafted(grant, maker, longer)
    second = publish(grant, maker)
    assert [one["sentence"] for one in second.differences] == ["Etap „Ocena”: dodano termin."]


def test_the_platform_itself_may_publish(grant):
    assert publish(grant, SYSTEM).published_by is None


def test_what_is_published_already_is_not_published_again(grant, maker):
    publish(grant, maker)
    with pytest.raises(NothingToPublish):
        publish(grant, maker)
    redrafted(grant, maker, lambda draft: stage_in(draft, "ocena").update(x=100))
    assert publish(grant, maker).differences == []


def test_a_faulty_draft_is_refused_with_every_place(grant, maker, clerk):
    def spoil(draft):
        stage_in(draft, "zgoda")["function"] = ""
        draft["transitions"][0]["condition"] = "nieznane = 1"
        draft["form"] = ""

    redrafted(grant, maker, spoil)
    with pytest.raises(ProcedureFaulty) as refusal:
        publish(grant, maker)
    assert [one.field for one in refusal.value.errors] == [
        "transitions/0/condition",
        "stages/3/function",
        "transitions/0/condition",
    ]
    assert refusal.value.errors[1].detail.startswith("Etap „Zgoda” › Kto działa:")
    assert not ProcedureRevision.objects.exists()


def test_an_unreadable_draft_is_refused(grant, maker):
    redrafted(grant, maker, lambda draft: draft.update(stages="nic"))
    with pytest.raises(ProcedureFaulty) as refusal:
        publish(grant, maker)
    assert [one.field for one in refusal.value.errors] == ["stages"]


def test_a_function_is_played_by_somebody_who_may_act(grant, maker, clerk, boss):
    assert [one.is_played for one in selectors.functions_of(selectors.draft_of(grant))] == [
        True,
        True,
    ]
    boss.assignments.all().delete()
    with pytest.raises(ProcedureFaulty) as refusal:
        publish(grant, maker)
    assert [one.detail for one in refusal.value.errors] == [
        (
            "Etap „Zgoda” › Kto działa: Nikt z prawem „Prowadzenie spraw” nie pełni funkcji "
            "„Kierownik referatu” (kod: kierownik). "
            "Przypisz jej osobę albo rolę, która ma to prawo."
        )
    ]


def test_a_form_is_published_and_not_put_away(grant, maker, form):
    archive_form(actor=SYSTEM, form=form)
    with pytest.raises(ProcedureFaulty) as refusal:
        publish(grant, maker)
    assert [one.field for one in refusal.value.errors] == ["form"]


def test_a_draft_that_somebody_changed_since_is_not_published(grant, maker):
    redrafted(grant, maker, longer)
    with pytest.raises(ProcedureChangedMeanwhile):
        publish(grant, maker, draft_version=1)
    assert publish(grant, maker, draft_version=2).number == 1


@pytest.fixture
def running(grant, maker, head, unit):
    """Two matters in „ocena”, one in „nabor”, one closed, all on revision 1."""
    publish(grant, maker)
    cases = [made.submitted(grant, head, unit) for _ in range(2)]
    opened = made.answered(made.opened(grant, head, unit), tytul="Szkic")
    closed = made.submitted(grant, head, unit)
    made.perform(closed, made.officer("referent"), "rejected", reason="Po terminie")
    return {"ocena": cases, "nabor": [opened], "closed": [made.fresh(closed)]}


def decided(**choices):
    """ocena="move", nabor="keep", or ocena=("move", "sprawdzenie")."""
    moves = []
    for stage, chosen in choices.items():
        choice, to = chosen if isinstance(chosen, tuple) else (chosen, "")
        moves.append(Move(1, stage, choice, to))
    return moves


def where(cases):
    return [(one.revision.number, one.stage) for one in map(made.fresh, cases)]


def test_no_group_of_running_matters_is_forgotten(grant, maker, running):
    redrafted(grant, maker, longer)
    with pytest.raises(CasesUndecided, match="etap „ocena” w wydaniu 1"):
        publish(grant, maker, *decided(nabor="keep"))
    with pytest.raises(CasesUndecided, match="nabor"):
        publish(grant, maker)
    assert grant.revisions.count() == 1


def test_matters_that_are_kept_stay_as_they_were(grant, maker, running):
    redrafted(grant, maker, longer)
    before = Event.objects.count()
    publish(grant, maker, *decided(ocena="keep", nabor="keep"))
    assert where(running["ocena"]) == [(1, "ocena")] * 2
    assert Event.objects.count() == before


def test_matters_that_stay_in_their_stage_only_change_their_revision(grant, maker, running):
    redrafted(grant, maker, longer)
    before = made.fresh(running["ocena"][0])
    publish(grant, maker, *decided(ocena="move", nabor="keep"))

    assert where(running["ocena"]) == [(2, "ocena")] * 2
    assert where(running["nabor"]) == [(1, "nabor")]
    assert where(running["closed"]) == [(1, "odmowa")]
    after = made.fresh(running["ocena"][0])
    assert (after.round, after.version) == (before.round, before.version + 1)


def test_each_matter_that_moves_tells_of_it(grant, maker, running):
    redrafted(grant, maker, lambda draft: rename_stage(draft, "ocena", "sprawdzenie"))
    publish(grant, maker, *decided(ocena=("move", "sprawdzenie"), nabor="move"))

    assert where(running["ocena"]) == [(2, "sprawdzenie")] * 2
    assert where(running["nabor"]) == [(2, "nabor")]
    for case in running["ocena"]:
        last = case.events.latest("number")
        assert (last.action, last.actor, last.from_stage, last.to_stage) == (
            "move",
            maker,
            "ocena",
            "sprawdzenie",
        )
    last = Entry.objects.filter(target_id=str(grant.pk)).latest("pk")
    assert last.after["moved"] == 3
    assert last.after["moves"][0] == {
        "revision": 1,
        "stage": "ocena",
        "choice": "move",
        "to": "sprawdzenie",
    }


def test_a_moved_matter_goes_on_by_the_new_revision(grant, maker, running, clerk):
    def change(draft):
        rename_stage(draft, "ocena", "sprawdzenie")
        rejected = next(one for one in draft["transitions"] if one["on"] == "rejected")
        rejected["to"] = "wycofane"
        draft["stages"] = [one for one in draft["stages"] if one["key"] != "odmowa"]

    redrafted(grant, maker, change)
    publish(grant, maker, *decided(ocena="move", nabor="keep"))
    [case, _] = running["ocena"]
    case = made.perform(made.fresh(case), clerk, "rejected", reason="Po terminie")
    assert (case.stage, case.meaning) == ("wycofane", "withdrawn")


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (Move(1, "ocena", "move", "nigdzie"), "W nowym wydaniu nie ma etapu „nigdzie”"),
        (Move(1, "ocena", "move"), "W nowym wydaniu nie ma etapu „Ocena”"),
        (Move(1, "ocena", "move", "koniec"), "zamyka sprawy"),
        (Move(7, "ocena", "move", "zgoda"), "Nie ma spraw do przeniesienia z wydania 7"),
        (Move(2, "ocena", "move", "zgoda"), "Nie ma spraw do przeniesienia z wydania 2"),
        (Move(1, "wymyslony", "move", "zgoda"), "W wydaniu 1 nie ma etapu „wymyslony”"),
    ],
)
def test_matters_are_moved_only_where_they_can_be(grant, maker, running, move, sentence):
    def change(draft):
        draft["transitions"] = [
            {**one, "to": "zgoda" if one["to"] == "ocena" else one["to"]}
            for one in draft["transitions"]
            if one["from"] not in {"ocena", "poprawa"}
        ]
        gone = {"ocena", "poprawa", "odmowa"}
        draft["stages"] = [one for one in draft["stages"] if one["key"] not in gone]
        draft["transitions"].append(made.way("zgoda", "refused", "wycofane"))

    redrafted(grant, maker, change)
    groups = decided(ocena="keep", nabor="keep")
    with pytest.raises(MoveImpossible) as refusal:
        publish(grant, maker, *groups, move)
    [error] = refusal.value.errors
    assert error.field == "moves.2.to"
    assert sentence in error.detail
    assert grant.revisions.count() == 1
    assert where(running["ocena"]) == [(1, "ocena")] * 2


def test_matters_left_on_an_old_revision_are_moved_later(grant, maker, running):
    redrafted(grant, maker, longer)
    publish(grant, maker, *decided(ocena="keep", nabor="keep"))
    redrafted(grant, maker, lambda draft: stage_in(draft, "ocena").update(name="Szkic nazwy"))

    moved = designing.move_cases(actor=maker, procedure=grant, moves=decided(ocena="move"))

    assert moved == 2
    assert where(running["ocena"]) == [(2, "ocena")] * 2
    assert made.fresh(running["ocena"][0]).stage_name == "Ocena"
    with pytest.raises(NothingToMove):
        designing.move_cases(actor=maker, procedure=grant, moves=decided(ocena="move"))


def test_a_new_matter_runs_through_the_newest_revision(grant, maker, running, head, unit):
    redrafted(grant, maker, longer)
    publish(grant, maker, *decided(ocena="keep", nabor="keep"))
    assert where([made.opened(grant, head, unit)]) == [(2, "nabor")]


def test_effects_tell_every_group_before_anything_is_published(grant, maker, running):
    def change(draft):
        rename_stage(draft, "ocena", "sprawdzenie")
        stage_in(draft, "sprawdzenie")["name"] = "Sprawdzenie"

    redrafted(grant, maker, change)
    effects = selectors.effects_on(Procedure.objects.get(), "draft")

    assert [
        (one.revision, one.stage, one.count, one.proposal, one.is_kept_in_place, one.sentence)
        for one in effects.groups
    ] == [
        (
            1,
            "nabor",
            1,
            "nabor",
            True,
            "Wydanie 1, etap „Nabor”: 1 sprawa. Sprawy pozostaną w etapie „Nabor”.",
        ),
        (
            1,
            "ocena",
            2,
            None,
            False,
            (
                "Wydanie 1, etap „Ocena”: 2 sprawy. W nowym wydaniu nie ma etapu „Ocena”. "
                "Wskaż, dokąd przenieść sprawy."
            ),
        ),
    ]
    assert [one.kind for one in effects.changes][:2] == ["removed", "added"]


def test_effects_of_moving_leave_out_those_that_are_there_already(grant, maker, running):
    redrafted(grant, maker, longer)
    publish(grant, maker, *decided(ocena="keep", nabor="move"))
    effects = selectors.effects_on(Procedure.objects.get(), "published")
    assert [(one.revision, one.stage, one.count) for one in effects.groups] == [(1, "ocena", 2)]
    assert effects.changes == []


def test_another_form_is_told_of(grant, maker, running, form):
    other = forms.published(name="Nowy wniosek")
    redrafted(grant, maker, lambda draft: draft.update(form=str(other.pk)))
    [group, _] = selectors.effects_on(Procedure.objects.get(), "draft").groups
    assert group.sentence.endswith("Ich wnioski zostają na dotychczasowym formularzu.")


def test_matters_of_other_procedures_are_left_alone(grant, maker, running, head, unit):
    other = made.published()
    bystander = made.submitted(other, head, unit)
    redrafted(grant, maker, longer)
    publish(grant, maker, *decided(ocena="move", nabor="move"))
    assert where([bystander]) == [(1, "ocena")]
    assert Case.objects.filter(revision__procedure=grant, revision__number=2).count() == 3
