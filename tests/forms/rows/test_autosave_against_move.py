"""Two people at once on real connections: an autosave and a publication that moves the sheet."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from audit.models import Entry
from forms import services
from forms.errors import SheetChangedMeanwhile, SheetMovedMeanwhile
from forms.models import Sheet
from forms.services import Move
from opium.errors import DomainError
from opium.permissions import SYSTEM
from tests.factories.accounts import PersonFactory
from tests.factories.forms import AMOUNT, TITLE, fresh, guarded, published, redrafted, sheet_of

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def at_once(city, *deeds):
    """Run the deeds in threads of their own, let go together; what each raised or returned."""
    gate = threading.Barrier(len(deeds))
    outcomes = [None] * len(deeds)

    def run(place, deed):
        connection.set_tenant(city)
        gate.wait()
        try:
            outcomes[place] = deed()
        except DomainError as refusal:
            outcomes[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def publish(form):
    return services.publish_form(actor=SYSTEM, form=form, moves=[Move(1, "draft", "move")])


def save(sheet, **changes):
    return services.save_answers(
        actor=SYSTEM, sheet=sheet, changes=changes, draft_version=sheet.draft_version
    )


def test_an_autosave_at_the_moment_of_publishing_is_carried_over_or_refused_never_lost(city):
    for _ in range(ROUNDS):
        form = published(TITLE, AMOUNT)
        with guarded():
            sheet = sheet_of(form, {"tytul": "Łąka", "kwota": "5"})
            draft = redrafted(form, {**TITLE, "label": "Nazwa"})
            saved, moved = at_once(
                city, lambda s=sheet: save(s, tytul="Las"), lambda d=draft: publish(d)
            )

        after = fresh(sheet)
        assert (moved.moved, after.revision.number) == (1, 2)
        assert [one["value"] for one in after.set_aside] == ["5"]
        if isinstance(saved, SheetMovedMeanwhile):
            assert after.answers == {"tytul": "Łąka"}
        else:
            assert not isinstance(saved, DomainError), saved
            assert after.answers == {"tytul": "Las"}


def test_an_autosave_that_waits_for_a_publication_is_refused_and_changes_nothing(city):
    form = published(TITLE, AMOUNT)
    with guarded():
        sheet = sheet_of(form, {"tytul": "Łąka"})
        draft = redrafted(form, {**TITLE, "label": "Nazwa"})
        outcome = []

        def save_meanwhile():
            connection.set_tenant(city)
            try:
                save(sheet, tytul="Las")
            except SheetMovedMeanwhile as refusal:
                outcome.append(refusal)
            finally:
                connections.close_all()

        with transaction.atomic():
            publish(draft)
            thread = threading.Thread(target=save_meanwhile)
            thread.start()
            thread.join(timeout=0.5)
            assert thread.is_alive()
        thread.join(timeout=30)

    assert [type(one) for one in outcome] == [SheetMovedMeanwhile]
    assert fresh(sheet).answers == {"tytul": "Łąka"}


def test_two_people_who_save_one_question_at_once_get_one_answer_and_one_sentence(city):
    people = [PersonFactory(), PersonFactory()]
    form = published(TITLE, AMOUNT)
    with guarded(*people):
        sheet = sheet_of(form)

        def save_as(person, text):
            return lambda: services.save_answers(
                actor=person,
                sheet=Sheet.objects.get(pk=sheet.pk),
                changes={"tytul": text},
                draft_version=sheet.draft_version,
            )

        outcomes = at_once(city, save_as(people[0], "Łąka"), save_as(people[1], "Las"))

    refused = [one for one in outcomes if isinstance(one, SheetChangedMeanwhile)]
    assert len(refused) == 1
    assert fresh(sheet).answers["tytul"] in {"Łąka", "Las"}
    assert fresh(sheet).draft_version == sheet.draft_version + 1


def test_a_double_click_submits_once(city):
    form = published(TITLE)
    with guarded():
        sheet = sheet_of(form, {"tytul": "Łąka"})

        def submit():
            return services.submit_sheet(actor=SYSTEM, sheet=Sheet.objects.get(pk=sheet.pk))

        outcomes = at_once(city, submit, submit)

    assert sorted(isinstance(one, DomainError) for one in outcomes) == [False, True]
    assert fresh(sheet).version == 1


def test_a_sheet_asked_for_twice_at_once_is_one_sheet(city):
    form, owner = published(TITLE), uuid4()

    first, second = at_once(city, *[lambda: sheet_of(form, owner_id=owner)] * 2)

    assert (first.pk, Sheet.objects.count()) == (second.pk, 1)
    assert Entry.objects.filter(target_id=str(first.pk)).count() == 1
