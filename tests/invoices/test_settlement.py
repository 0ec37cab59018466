"""Invoices against the budget of a matter: entered, accepted or given back, corrected, settled.

Costs 20 s of CPU.
"""

import copy
from decimal import Decimal

import pytest

from audit.models import Entry as Audit
from budget.errors import MoreThanHeld
from budget.models import Entry
from budget.selectors import held_together
from files.errors import FileNotRead, ReadingRefused
from forms.selectors import definition_of, newest_revision
from invoices import errors, services
from invoices.models import Invoice
from invoices.selectors import settlement_of
from notifications.models import Notification
from opium.errors import NotFound
from opium.permissions import MissingPermission
from procedures import definition
from procedures.checking import check
from procedures.errors import ActionNotAvailable
from procedures.models import Exclusion
from tests.factories import procedures, settling
from tests.factories.accounts import again
from tests.factories.directory import UnitFactory
from tests.factories.files import read, uploaded, uploaded_and_read
from tests.factories.invoices import CITY, SCHOOL, SELLER, fa3
from tests.factories.settling import CASE, accept, enter, send_back

pytestmark = pytest.mark.django_db


def money(matter):
    found = held_together(CASE, matter.case.pk)
    return str(found.invoiced), str(found.settled)


def shown(matter, who="head"):
    return settlement_of(again(getattr(matter, who)), CASE, matter.case.pk)


def lines(matter):
    found = shown(matter).lines
    return [(one.name, str(one.invoiced), str(one.settled), str(one.left)) for one in found]


def from_file(matter, name="faktura.xml", **said):
    return uploaded_and_read(matter.head, name, fa3(**said), services.PURPOSE)


def test_what_is_entered_is_invoiced_and_what_is_accepted_is_settled_line_by_line(matter):
    invoice = enter(matter, {"a": "400.00", "b": "100.00"})
    assert money(matter) == ("500.00", "0.00")
    assert shown(matter).invoices[0].invoice.doubt == ""

    accept(matter, invoice)

    assert money(matter) == ("500.00", "500.00")
    assert lines(matter) == [
        ("Instrumenty", "400.00", "400.00", "1600.00"),
        ("Wyjazd", "100.00", "100.00", "900.00"),
    ]
    found = shown(matter)
    assert (str(found.granted), str(found.left)) == ("3000.00", "2500.00")
    told = [one.deed for one in Audit.objects.filter(deed__startswith="invoices.").order_by("pk")]
    assert told == ["invoices.enter_invoice", "invoices.accept_invoice"]


def test_the_case_is_settled_by_what_was_accepted_once_no_invoice_waits(matter):
    first, second = (
        enter(matter),
        enter(matter, {"b": "1000.00"}, number="FV/2", gross=Decimal(1200)),
    )
    accept(matter, first)
    case = procedures.perform(procedures.fresh(matter.case), matter.head, "file_report")
    with pytest.raises(ActionNotAvailable, match="czekają na urząd"):
        procedures.perform(case, matter.officer, "settled", data={})
    accept(matter, second)

    done = procedures.perform(case, matter.officer, "settled", data={"zwrot": "1500.00"})

    assert (done.meaning, done.facts["rozliczenie"]["kwota"]) == ("positive", "1500.00")
    found = held_together(CASE, matter.case.pk)
    assert (str(found.settled), str(found.returned)) == ("1500.00", "1500.00")
    with pytest.raises(errors.SettlementClosed, match="jest zakończona"):
        enter(matter, number="FV/3")


def test_of_a_file_from_ksef_counts_what_it_says_and_not_what_is_typed(matter):
    file = from_file(matter, school=SCHOOL)
    assert services.proposal_of(matter.head, file.pk).gross == Decimal("123.00")

    invoice = enter(matter, {"a": "123.00"}, file=file)

    assert (invoice.number, invoice.seller_nip, str(invoice.gross), invoice.source) == (
        "FV/2026/11/001",
        SELLER,
        "123.00",
        "fa3",
    )
    assert (invoice.doubt, invoice.file_id) == ("", file.pk)
    found = services.download_invoice(actor=matter.officer, invoice_id=invoice.pk)
    assert found.pk == file.pk


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<Faktura/>", "nie jest fakturą FA"),
        (fa3(prolog='<!DOCTYPE Faktura [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "encje"),
        (fa3().replace(b">PLN<", b">EUR<"), "w walucie EUR"),
        (fa3(seller="1234567890"), "NIP sprzedawcy"),
    ],
)
def test_what_cannot_be_settled_of_a_file_is_refused_with_a_sentence(matter, content, sentence):
    file = uploaded(matter.head, "faktura.xml", content)
    with pytest.raises(FileNotRead):
        enter(matter, file=file)
    assert sentence in read(matter.head, file, services.PURPOSE).failure
    with pytest.raises(ReadingRefused):
        enter(matter, file=file)
    assert not Invoice.objects.exists()


def test_one_invoice_is_settled_once_in_the_city_and_nobody_hears_where(matter, unit):
    enter(matter, number="FV 7 / 2026")
    other = settling.granted(UnitFactory(short_name="SP Ósma", nip=SCHOOL))

    with pytest.raises(errors.InvoiceKnown) as refusal:
        enter(other, number="fv7/2026")

    assert unit.short_name not in str(refusal.value)
    assert money(other) == ("0.00", "0.00")
    enter(other, number="FV 8/2026")
    file = from_file(other, number="FV7/2026", kind="ZAL", school=SCHOOL)
    enter(other, {"a": "100.00"}, file=file)  # of another kind it is another one


@pytest.mark.parametrize(
    ("shares", "said", "refusal"),
    [
        ({"a": "500.01"}, {}, errors.SharesBeyondInvoice),
        ({"a": "3000.01"}, {"gross": Decimal(4000)}, errors.AwardExceeded),
        ({"c": "1.00"}, {}, errors.LineUnknown),
        ({"a": "-1.00"}, {}, errors.WrongSign),
        ({"a": "0.00"}, {}, errors.NoShares),
        ({}, {"gross": Decimal("-500.00")}, errors.WrongSign),
        ({}, {"seller_nip": "1234567890"}, errors.NipWrong),
        ({}, {"buyer_nip": "1234567890"}, errors.NipWrong),
        ({}, {"number": " ", "gross": None}, errors.InvoiceFieldsMissing),
        ({}, {"kind": "KOR"}, errors.NotACorrection),
    ],
)
def test_what_is_wrong_with_an_invoice_is_said_and_nothing_is_booked(matter, shares, said, refusal):
    with pytest.raises(refusal):
        enter(matter, shares, **said)
    assert (money(matter), Invoice.objects.count()) == (("0.00", "0.00"), 0)


def test_the_sum_of_all_may_not_pass_the_award(matter):
    enter(matter, {"a": "2999.99"}, gross=Decimal(3000))
    with pytest.raises(errors.AwardExceeded, match=r"zostało do rozliczenia 0,01.zł.*ma 0,02.zł"):
        enter(matter, {"b": "0.02"}, number="FV/2")
    enter(matter, {"b": "0.01"}, number="FV/2")


def test_a_foreign_buyer_is_told_the_office_or_refused_as_the_procedure_says(matter):
    enter(matter, buyer_nip=CITY)
    assert "powinna nim być jednostka albo miasto" in shown(matter).invoices[0].invoice.doubt

    strict = settling.granted(UnitFactory(nip=SCHOOL), buyer_check="refuse", buyers=f"PL {CITY}")
    enter(strict, number="FV/2", buyer_nip=CITY)
    enter(strict, number="FV/3", buyer_nip=SCHOOL)
    with pytest.raises(errors.ForeignBuyer, match=SELLER):
        enter(strict, number="FV/4", buyer_nip=SELLER)


def test_a_line_is_exceeded_by_no_more_than_the_procedure_allows():
    tight = settling.granted(UnitFactory(nip=SCHOOL), tolerance="10")
    enter(tight, {"b": "1100.00"}, gross=Decimal(2000))
    with pytest.raises(errors.LineExceeded, match=r"najwyżej 1.100,00.zł"):
        enter(tight, {"b": "0.01"}, number="FV/2")


def test_what_is_given_back_counts_no_more_and_is_told_and_can_be_entered_anew(matter):
    invoice = accept(matter, enter(matter))

    send_back(matter, invoice, "Brak opisu")

    assert money(matter) == ("0.00", "0.00")
    assert [one.invoice.reason for one in shown(matter).invoices] == ["Brak opisu"]
    told = Notification.objects.get(person=matter.head, kind="invoices.invoice_returned")
    assert told.title.endswith("faktura FV/1 zwrócona")
    with pytest.raises(errors.InvoiceSettled, match="zwrócona"):
        accept(matter, invoice)
    enter(matter)
    assert money(matter) == ("500.00", "0.00")


def test_a_correction_lowers_what_its_invoice_accounts_for_to_the_grosz(matter):
    invoice = enter(matter)
    less = {"kind": "KOR", "gross": Decimal("-200.00"), "number": "KOR/1"}
    with pytest.raises(errors.WrongSign):
        enter(matter, {"a": "200.00"}, corrects=invoice, **less)
    with pytest.raises(errors.CorrectionBeyond):
        enter(matter, {"a": "-501.00"}, corrects=invoice, **less | {"gross": Decimal(-600)})
    with pytest.raises(errors.CorrectsAnother):
        enter(matter, {"a": "-200.00"}, corrects=invoice, seller_nip=CITY, **less)
    correction = enter(matter, {"a": "-199.99"}, corrects=invoice, **less)
    assert money(matter) == ("300.01", "0.00")

    with pytest.raises(errors.CorrectionBeyond):
        accept(matter, correction)
    accept(matter, invoice)
    accept(matter, correction)
    assert money(matter) == ("300.01", "300.01")
    with pytest.raises(errors.CorrectionBeyond):
        send_back(matter, invoice)
    send_back(matter, correction)
    assert money(matter) == ("500.00", "500.00")


def test_withdrawn_before_the_office_has_decided_it_leaves_no_money_behind(matter):
    invoice = enter(matter)
    services.withdraw_invoice(actor=matter.head, invoice=invoice)
    assert money(matter) == ("0.00", "0.00")
    accepted = accept(matter, enter(matter))
    with pytest.raises(errors.InvoiceSettled, match="przyjęta"):
        services.withdraw_invoice(actor=matter.head, invoice=accepted)


def test_each_side_does_its_own_part_and_nobody_else_any(matter):
    invoice = enter(matter)
    with pytest.raises(MissingPermission):
        services.accept_invoice(actor=matter.head, invoice=invoice)
    with pytest.raises(MissingPermission):
        services.enter_invoice(
            actor=matter.officer, kind=CASE, subject_id=matter.case.pk, shares={"a": Decimal(1)}
        )
    stranger = procedures.head_of(UnitFactory())
    with pytest.raises(NotFound):
        settlement_of(stranger, CASE, matter.case.pk)
    with pytest.raises(NotFound):
        services.accept_invoice(actor=stranger, invoice=invoice)
    Exclusion.objects.create(
        case=matter.case,
        person=matter.officer,
        reason="Rodzina",
        is_declared=True,
        excluded_in=matter.case.version,
    )
    with pytest.raises(NotFound):
        services.accept_invoice(actor=again(matter.officer), invoice=invoice)
    assert money(matter) == ("500.00", "0.00")


def test_before_money_is_granted_and_where_no_budget_is_named_nothing_is_entered(unit):
    head = procedures.head_of(unit)
    waiting = procedures.submitted(settling.procedure(), head, unit, budzet=settling.ROWS)
    plain = procedures.opened(procedures.published(), head, unit)
    for case, sentence in ((waiting, "Najpierw trzeba przyznać"), (plain, "nie rozlicza się")):
        found = settlement_of(head, CASE, case.pk)
        assert (sentence in found.closed, found.can) == (True, [])
        with pytest.raises(errors.SettlementClosed, match=sentence):
            services.enter_invoice(
                actor=head, kind=CASE, subject_id=case.pk, shares={"a": Decimal(1)}
            )


def test_the_ledger_names_whoever_pressed_and_keeps_every_row(matter):
    invoice = enter(matter)
    send_back(matter, invoice)

    rows = Entry.objects.filter(kind="invoiced").order_by("pk")
    assert [(str(one.amount), one.made_by_id) for one in rows] == [
        ("500.00", matter.head.pk),
        ("-500.00", matter.officer.pk),
    ]


def test_money_that_was_invoiced_is_not_returned_meanwhile(matter):
    enter(matter, {"a": "2000.00", "b": "1000.00"}, gross=Decimal(3000))
    case = procedures.perform(procedures.fresh(matter.case), matter.head, "file_report")
    with pytest.raises((ActionNotAvailable, MoreThanHeld)):
        procedures.perform(case, matter.officer, "settled", data={"zwrot": "1.00"})


def test_it_costs_as_many_queries_for_one_invoice_as_for_many(
    api, matter, django_assert_num_queries
):
    browser, address = api(again(matter.head)), f"/api/v1/invoices/about/{CASE}/{matter.case.pk}/"
    enter(matter, {"a": "1.00"})
    browser.get(address)
    with django_assert_num_queries(18):
        assert len(browser.get(address).json()["invoices"]) == 1
    for number in range(2, 6):
        enter(matter, {"a": "1.00", "b": "1.00"}, number=f"FV/{number}")
    with django_assert_num_queries(18):
        assert len(browser.get(address).json()["invoices"]) == 5


def test_through_the_api_it_is_entered_read_and_accepted(api, matter):
    unit_side, office = api(again(matter.head)), api(again(matter.officer))
    address = f"/api/v1/invoices/about/{CASE}/{matter.case.pk}/"
    file = from_file(matter, school=SCHOOL)
    assert unit_side.get(f"/api/v1/invoices/read/{file.pk}/").json()["number"] == "FV/2026/11/001"

    answer = unit_side.post(
        address, {"file": str(file.pk), "shares": [{"line": "a", "amount": "123.00"}]}
    )

    assert answer.status_code == 201
    [invoice] = answer.json()["invoices"]
    assert (invoice["can"], answer.json()["can"]) == (["withdraw"], ["enter"])
    [told] = office.get(address).json()["invoices"]
    assert told["can"] == ["accept", "return"]
    accepted = office.post(f"/api/v1/invoices/{invoice['id']}/accept/", {}).json()
    assert (accepted["settled"], accepted["left"]) == ("123.00", "2877.00")
    returned = office.post(f"/api/v1/invoices/{invoice['id']}/return/", {"reason": "Pomyłka"})
    assert returned.json()["settled"] == "0.00"


def test_a_procedure_that_names_no_table_or_no_column_of_it_is_not_published():
    procedure = settling.procedure()
    form = definition_of(newest_revision(procedure.form))

    def faults(**parameters):
        said = copy.deepcopy(procedure.draft)
        [settled] = [one for one in said["stages"] if one["kind"] == "settlement"]
        settled["parameters"] = settling.BUDGET | parameters
        found = check(definition.read(said), form=form)
        return [(one.path, one.sentence) for one in found if "budget" in one.path]

    assert faults() == []
    assert faults(budget_table="kwota")[0][0] == "stages/2/parameters/budget_table"
    assert faults(budget_amount="cena") == [
        ("stages/2/parameters/budget_amount", "W tabeli „budzet” nie ma kolumny „cena”.")
    ]


def test_no_settlement_closes_over_an_invoice_that_waits_whatever_the_sums_say(matter):
    root = accept(matter, enter(matter, {"a": "1000.00"}, gross=Decimal(1000)))
    less = {"corrects": root, "kind": "KOR", "number": "KOR/1"}
    enter(matter, {"a": "-300.00"}, gross=Decimal(-300), **less)
    enter(matter, {"b": "200.00"}, number="FV/2", gross=Decimal(200))
    case = procedures.perform(procedures.fresh(matter.case), matter.head, "file_report")

    with pytest.raises(ActionNotAvailable, match="czekają na urząd"):
        procedures.perform(case, matter.officer, "settled", data={"zwrot": "2000.00"})
