"""Letters to all whom a published decision is about: once each, apart from deciding (about 6 s)."""

from datetime import date
from decimal import Decimal

import pytest

from audit.models import Entry
from modules.applications import services
from modules.applications.errors import NoLettersLeft, RankingUnseen, RecommendationEnded
from modules.applications.permissions import Permission
from opium.permissions import SYSTEM, MissingPermission
from procedures.models import Exclusion, Letter, LetterTemplate
from procedures.permissions import Permission as Procedures
from tests.factories import applications as made
from tests.factories import procedures
from tests.factories.accounts import again, person_with
from tests.factories.directory import UnitFactory
from tests.factories.procedures import end, from_pots, stage, way
from tests.modules.applications.test_scenarios import scenario
from tests.procedures.letters.lettering import template

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def sender():
    return person_with(
        Permission.DIVIDE_MONEY,
        Permission.VIEW_CALLS,
        Procedures.VIEW_CASES,
        Procedures.ACT_IN_CASE,
        Procedures.MANAGE_LETTERS,
    )


@pytest.fixture
def letters(sender):
    """For those who got money, and for those who did not."""
    return [
        template(sender, "Przyznano", key="przyznanie", name="Przyznanie"),
        template(sender, "Odmowa", key="odmowa", name="Odmowa"),
    ]


@pytest.fixture
def call():
    stages = [
        stage("nabor", "submission", "applicant"),
        stage(
            "podzial", "allocation", "kierownik", parameters=from_pots(made.POT, requested="kwota")
        ),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "koniec"),
        way("podzial", "none", "odmowa"),
    ]
    UnitFactory()
    return made.published(procedures.published(stages, ways))


@pytest.fixture
def standing(call):
    """Asking for 3,000, 2,000 and 1,000; the first two get it."""
    for amount in ("3000", "2000", "1000"):
        unit = UnitFactory()
        made.handed_in(call, procedures.head_of(unit), unit, tytul=f"Za {amount}", kwota=amount)
    said = scenario(call, pots=[{"code": made.POT, "amount": "5000.00"}])
    return services.recommend_scenario(actor=SYSTEM, scenario=said)


@pytest.fixture
def awarded(standing):
    return services.award_recommendation(
        actor=SYSTEM, recommendation=standing, decision="12", decided_on=date(2026, 11, 30)
    )


def carry(recommendation, *places):
    for award in recommendation.awards.select_related("recommendation__call"):
        if not places or award.place in places:
            assert services.carry_award(actor=SYSTEM, award=award).state == "carried"


def issued():
    rows = Letter.objects.order_by("number").values_list("case__title", "revision__template__name")
    return sorted(rows)


def send(sender, recommendation, letters, **given):
    granted, refused = letters
    said = {"granted": granted, "refused": refused, **given}
    return services.send_letters(actor=sender, recommendation=recommendation, **said)


def test_each_outcome_has_its_letter_and_a_second_press_doubles_none(sender, letters, awarded):
    carry(awarded)
    titles = {
        one.application.case.title: one.amount
        for one in awarded.awards.select_related("application__case")
    }

    assert send(sender, awarded, letters) == 3

    assert issued() == sorted(
        (title, "Przyznanie" if amount else "Odmowa") for title, amount in titles.items()
    )
    with pytest.raises(NoLettersLeft):
        send(sender, awarded, letters)
    assert Letter.objects.count() == 3
    entry = Entry.objects.get(deed="applications.send_letters")
    assert entry.after == {"letters": 3, "templates": ["Odmowa", "Przyznanie"]}


def test_a_case_that_the_decision_has_not_reached_gets_its_letter_with_the_next_press(
    sender, letters, awarded
):
    carry(awarded, 1)

    assert send(sender, awarded, letters) == 1
    carry(awarded)
    assert send(sender, awarded, letters) == 2
    assert Letter.objects.values("case").distinct().count() == 3


def test_one_outcome_alone_can_be_written_to(sender, letters, awarded):
    carry(awarded)

    assert send(sender, awarded, letters, granted=None) == 1
    assert [name for _, name in issued()] == ["Odmowa"]


def test_there_is_no_letter_before_the_decision_is_published(sender, letters, standing):
    with pytest.raises(RecommendationEnded):
        send(sender, standing, letters)
    assert not Letter.objects.exists()


def test_who_makes_no_letters_or_is_excluded_from_one_of_them_sends_none(sender, letters, awarded):
    carry(awarded)
    divider = person_with(Permission.DIVIDE_MONEY, Permission.VIEW_CALLS, Procedures.VIEW_CASES)
    with pytest.raises(MissingPermission):
        send(divider, awarded, letters)

    case = awarded.awards.first().application.case
    Exclusion.objects.create(
        case=case,
        stage=case.stage,
        person=sender,
        reason="Rodzina",
        is_declared=True,
        excluded_in=1,
    )
    with pytest.raises(RankingUnseen):
        send(again(sender), awarded, letters)
    assert not Letter.objects.exists()


def test_the_page_of_the_decision_tells_of_each_letter(sender, letters, awarded, api):
    carry(awarded)
    address = f"/api/v1/applications/recommendations/{awarded.pk}/"
    browser = api(sender)
    before = browser.get(address).json()
    assert "letters" in before["can"]
    assert {row["letter"] for row in before["rows"]} == {None}

    answer = browser.post(f"{address}letters/", {"granted": str(letters[0].pk)})

    assert answer.status_code == 202, answer.content
    told = {
        Decimal(row["amount"]): row["letter"] and (row["letter"]["name"], row["letter"]["state"])
        for row in answer.json()["rows"]
    }
    assert told == {
        Decimal(3000): ("Przyznanie", "waiting"),
        Decimal(2000): ("Przyznanie", "waiting"),
        Decimal(0): None,
    }
    assert LetterTemplate.objects.count() == 2
