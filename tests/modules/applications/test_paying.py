"""The payment list: what was awarded, each once, to accounts that are right."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from budget.errors import MoreThanHeld
from budget.models import Pot
from budget.selectors import held_by
from budget.services import Share, State, Subject, release, take_return
from modules.applications import services
from modules.applications.errors import (
    DecisionNotPublished,
    NothingPayable,
    NothingToPay,
    PaymentsReturned,
    PaymentsVoid,
)
from modules.applications.models import Payment
from modules.applications.permissions import Permission
from modules.applications.selectors import OWNER, recommendation_shown
from opium.errors import Invalid
from opium.permissions import SYSTEM, MissingPermission
from ranking.errors import PaymentsFaulty
from ranking.payments import Payer
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.factories.procedures import end, from_pots, stage, way
from tests.modules.applications.test_scenarios import RULES

pytestmark = pytest.mark.django_db
RIGHT = "61 1090 1014 0000 0712 1981 2874"
OTHER = "PL27 1140 2004 0000 3002 0135 5387"
PAYER = Payer("Gmina Północ", "ul. Ratuszowa 1, 85-100 Północ", RIGHT)


@pytest.fixture
def call():
    UnitFactory()
    asked = forms.published(forms.TITLE, forms.AMOUNT, forms.question("konto"))
    stages = [
        stage("nabor", "submission", "applicant"),
        stage(
            "decyzja",
            "decision",
            "kierownik",
            parameters=from_pots(made.POT, with_amount=True, requested="kwota"),
        ),
        stage("realizacja", "execution", "applicant"),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "decyzja"),
        way("decyzja", "granted", "realizacja"),
        way("decyzja", "partly", "realizacja"),
        way("decyzja", "refused", "odmowa"),
        way("realizacja", "executed", "koniec"),
    ]
    return made.published(procedures.published(stages, ways, form=asked), title="Granty 2026")


@pytest.fixture
def published(call):
    """3,000 and 2,000, published; no case has gone on to it yet."""
    for amount, account in (("3000", RIGHT), ("2000", OTHER)):
        handed_in(call, amount, account)
    return award(recommended(call))


@pytest.fixture
def awarded(published):
    """3,000 and 2,000, published; each case has gone on to it."""
    return carry(published)


def handed_in(call, amount, account):
    unit = UnitFactory(name=f"Szkoła za {amount}")
    head = procedures.head_of(unit)
    return made.handed_in(call, head, unit, kwota=amount, konto=account)


def recommended(call):
    said = services.draft_scenario(actor=SYSTEM, call=call, name="Zasadniczy", rules=RULES)
    return services.recommend_scenario(actor=SYSTEM, scenario=said)


def award(standing):
    return services.award_recommendation(
        actor=SYSTEM, recommendation=standing, decision="12/2026", decided_on=date(2026, 11, 30)
    )


def carry(recommendation):
    for one in recommendation.awards.select_related("recommendation__call"):
        services.carry_award(actor=SYSTEM, award=one)
    return recommendation


def give_back(recommendation, amount):
    """The unit that got the most returns so much of it."""
    case = recommendation.awards.order_by("-amount").first().application.case
    [pot] = held_by(OWNER, case.pk)
    take_return(
        actor=SYSTEM,
        subject=Subject(OWNER, case.pk, case.unit_id),
        shares=[Share(Pot.objects.get(pk=pot), Decimal(amount))],
        key="zwrot",
    )
    return case


def pay(recommendation, actor=SYSTEM, payer=PAYER):
    return services.pay_awards(
        actor=actor,
        recommendation=recommendation,
        where=services.Where("konto"),
        title="{nabor}, {decyzja}",
        payer=payer,
        paid_on=date(2026, 12, 10),
    )


def paid(recommendation):
    cases = recommendation.awards.values_list("application__case", flat=True)
    return sum(one.paid for case in cases for one in held_by(OWNER, case).values())


def test_every_award_is_paid_once_and_booked(awarded):
    found = pay(awarded)

    assert (found.number, found.total) == (1, Decimal("5000.00"))
    rows = Payment.objects.order_by("-amount").values_list("name", "account", "amount", "title")
    assert list(rows) == [
        ("Szkoła za 3000", RIGHT.replace(" ", ""), 3000, "Granty 2026, 12/2026"),
        ("Szkoła za 2000", OTHER.replace(" ", "")[2:], 2000, "Granty 2026, 12/2026"),
    ]
    assert paid(awarded) == 5000
    with pytest.raises(NothingToPay):
        pay(awarded)
    assert (Payment.objects.count(), paid(awarded)) == (2, 5000)


def test_a_wrong_account_is_named_and_nobody_is_paid(call):
    handed_in(call, "3000", RIGHT)
    handed_in(call, "2000", OTHER.replace("5387", "5388"))
    handed_in(call, "1000", "")
    standing = carry(award(recommended(call)))

    with pytest.raises(PaymentsFaulty) as refusal:
        pay(standing)

    told = [one.detail for one in refusal.value.errors]
    assert ["numer rachunku jest błędny" in told[0], "brak numeru rachunku" in told[1]] == [
        True
    ] * 2
    assert len(told) == 2
    assert (Payment.objects.count(), paid(standing)) == (0, 0)


def test_the_payers_own_account_is_checked_too(awarded):
    with pytest.raises(Invalid) as refusal:
        pay(awarded, payer=Payer("Gmina", "", RIGHT.replace("2874", "2875")))
    assert [one.field for one in refusal.value.errors] == ["payer_account"]


def test_a_name_that_does_not_fit_is_named_and_nobody_is_paid(call):
    unit = UnitFactory(name="Szkoła " * 60)
    made.handed_in(call, procedures.head_of(unit), unit, kwota="3000", konto=RIGHT)
    with pytest.raises(PaymentsFaulty) as refusal:
        pay(carry(award(recommended(call))))
    assert [one.field for one in refusal.value.errors] == ["transfers.0.name"]


def test_before_the_decision_is_published_nothing_is_paid(call):
    handed_in(call, "3000", RIGHT)
    with pytest.raises(DecisionNotPublished):
        pay(recommended(call))


def test_a_withdrawn_list_frees_its_awards_for_another(awarded):
    first = pay(awarded)
    services.void_payments(actor=SYSTEM, payment_list=first, reason="Bank odrzucił plik")
    assert paid(awarded) == 0
    with pytest.raises(PaymentsVoid):
        services.download_payments(actor=SYSTEM, payment_list=fresh(first), form="xlsx")

    second = pay(awarded)

    assert (second.number, second.total, paid(awarded)) == (2, Decimal("5000.00"), 5000)


@pytest.mark.parametrize(("returned", "sums"), [("3000", [2000]), ("1000", [2000, 2000])])
def test_what_was_returned_already_is_not_paid(awarded, returned, sums):
    give_back(awarded, returned)

    found = pay(awarded)

    assert list(found.payments.values_list("amount", flat=True)) == sums
    assert (found.total, paid(awarded)) == (sum(sums), sum(sums))


def test_a_list_of_which_something_was_returned_is_not_withdrawn(awarded):
    found = pay(awarded)
    case = give_back(awarded, "1")

    with pytest.raises(PaymentsReturned, match=str(case)):
        services.void_payments(actor=SYSTEM, payment_list=fresh(found), reason="Pomyłka")
    assert (fresh(found).voided_at, paid(awarded)) == (None, 5000)


def test_what_was_returned_before_the_list_keeps_it_from_nothing(awarded):
    give_back(awarded, "1000")
    found = pay(awarded)
    services.void_payments(actor=SYSTEM, payment_list=fresh(found), reason="Bank odrzucił plik")
    assert (paid(awarded), pay(awarded).total) == (0, 4000)


def test_an_award_that_was_refused_in_its_case_keeps_nobody_else_from_the_money(published):
    officer = procedures.officer("kierownik")
    case = published.awards.order_by("-amount").first().application.case
    said = {"numer": "7", "data": "2026-11-30"}
    procedures.perform(procedures.fresh(case), officer, "refused", data=said, reason="Rezygnacja")
    carry(published)

    found = pay(published)

    assert list(found.payments.values_list("amount", flat=True)) == [2000]
    told = "w sprawie nie ma już przyznanych środków, bo je zwrócono albo cofnięto."
    assert recommendation_shown(SYSTEM, published).left_out == [f"{case}: {told}"]
    with pytest.raises(NothingPayable, match=told):
        pay(published)


def test_before_its_case_has_gone_on_an_award_is_not_paid(published):
    with pytest.raises(NothingPayable, match="sprawa nie przeszła jeszcze do decyzji"):
        pay(published)
    services.note_stuck(
        award_id=published.awards.order_by("-amount").first().pk, sentence="Brak numeru."
    )
    with pytest.raises(NothingPayable, match=r"Brak numeru\."):
        pay(published)
    assert paid(published) == 0


def test_what_was_paid_is_not_given_back_to_the_pot_before_it_is_returned(awarded):
    pay(awarded)
    case = awarded.awards.order_by("-amount").first().application.case
    [(pot, figures)] = held_by(OWNER, case.pk).items()
    assert figures.free == 0
    share = Share(Pot.objects.get(pk=pot), Decimal(1))
    with pytest.raises(MoreThanHeld):
        release(
            actor=SYSTEM,
            subject=Subject(OWNER, case.pk, case.unit_id),
            shares=[share],
            of=(State.GRANTED,),
            key="na próbę",
        )


def test_it_is_taken_out_as_a_sheet_and_as_a_file_for_the_bank(awarded):
    found = pay(awarded)

    sheet = load_workbook(
        BytesIO(services.download_payments(actor=SYSTEM, payment_list=found, form="xlsx"))
    ).active
    elixir = services.download_payments(actor=SYSTEM, payment_list=found, form="elixir")

    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert rows[-1][5] == 5000
    lines = elixir.decode("cp1250").splitlines()
    assert [line.split(",")[:3] for line in lines] == [
        ["110", "20261210", "200000"],
        ["110", "20261210", "300000"],
    ]


def test_who_does_not_divide_money_pays_nobody(awarded):
    with pytest.raises(MissingPermission):
        pay(awarded, actor=person_with(Permission.VIEW_CALLS))


def fresh(found):
    return type(found).objects.select_related("recommendation__call").get(pk=found.pk)
