"""The payment list: what was awarded, each once, to accounts that are right."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from budget.errors import MoreThanHeld
from budget.models import Pot
from budget.selectors import held_by
from budget.services import Share, State, Subject, release
from modules.applications import services
from modules.applications.errors import DecisionNotPublished, NothingToPay, PaymentsVoid
from modules.applications.models import Payment
from modules.applications.permissions import Permission
from modules.applications.selectors import OWNER
from opium.errors import Invalid
from opium.permissions import SYSTEM, MissingPermission
from ranking.errors import PaymentsFaulty
from ranking.payments import Payer
from tests.factories import applications as made
from tests.factories import forms, procedures
from tests.factories.accounts import person_with
from tests.factories.directory import UnitFactory
from tests.modules.applications.test_scenarios import RULES

pytestmark = pytest.mark.django_db
RIGHT = "61 1090 1014 0000 0712 1981 2874"
OTHER = "PL27 1140 2004 0000 3002 0135 5387"
PAYER = Payer("Gmina Północ", "ul. Ratuszowa 1, 85-100 Północ", RIGHT)


@pytest.fixture
def call():
    UnitFactory()
    asked = forms.published(forms.TITLE, forms.AMOUNT, forms.question("konto"))
    return made.published(procedures.published(form=asked), title="Granty 2026")


@pytest.fixture
def awarded(call):
    """3,000 and 2,000, published."""
    for amount, account in (("3000", RIGHT), ("2000", OTHER)):
        handed_in(call, amount, account)
    return award(recommended(call))


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
    standing = award(recommended(call))

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
