"""Cases whose granted money is settled with invoices against the budget that was applied for."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from invoices import services
from tests.factories import forms, procedures
from tests.factories.invoices import SCHOOL, SELLER
from tests.factories.procedures import end, from_pots, stage, way

POT = "granty_rozliczane"
CASE = "procedures.case"
BUDGET = {"budget_table": "budzet", "budget_item": "pozycja", "budget_amount": "koszt"}
ROWS = [
    {"id": "a", "pozycja": "Instrumenty", "koszt": "2000.00"},
    {"id": "b", "pozycja": "Wyjazd", "koszt": "1000.00"},
]


def procedure(**parameters):
    stages = [
        stage("nabor", "submission", "applicant"),
        stage("podzial", "allocation", "kierownik", parameters=from_pots(POT, requested="kwota")),
        stage("rozliczenie", "settlement", "referent", parameters=BUDGET | parameters),
        end(),
        end("odmowa", "negative"),
    ]
    ways = [
        way("nabor", "submitted", "podzial"),
        way("podzial", "allocated", "rozliczenie"),
        way("podzial", "none", "odmowa"),
        way("rozliczenie", "settled", "koniec"),
    ]
    form = forms.published(forms.TITLE, forms.AMOUNT, forms.BUDGET)
    return procedures.published(stages, ways, form=form)


def granted(unit, amount="3000.00", **parameters):
    """The case with its head, who spends, and the officer, who settles."""
    head = procedures.head_of(unit)
    case = procedures.submitted(procedure(**parameters), head, unit, kwota=amount, budzet=ROWS)
    boss = procedures.officer("kierownik")
    case = procedures.perform(case, boss, "allocated", data={"kwota": amount})
    return SimpleNamespace(case=case, head=head, officer=procedures.officer("referent"))


def content(**said):
    told = {
        "number": "FV/1",
        "seller_nip": SELLER,
        "seller_name": "Muzyka sp. z o.o.",
        "issued_on": date(2026, 11, 2),
        "gross": Decimal("500.00"),
        "buyer_nip": SCHOOL,
    }
    return services.InvoiceContent(**{**told, **said})


def enter(matter, shares=None, *, file=None, corrects=None, **said):
    """Typed off: 500 zł for instruments, unless it is said otherwise."""
    wanted = shares or {"a": "500.00"}
    return services.enter_invoice(
        actor=matter.head,
        kind=CASE,
        subject_id=matter.case.pk,
        shares={line: Decimal(amount) for line, amount in wanted.items()},
        content=None if file else content(**said),
        file_id=file and file.pk,
        corrects_id=corrects and corrects.pk,
    )


def accept(matter, invoice):
    return services.accept_invoice(actor=matter.officer, invoice=invoice)


def send_back(matter, invoice, reason="Zły numer"):
    return services.return_invoice(actor=matter.officer, invoice=invoice, reason=reason)
