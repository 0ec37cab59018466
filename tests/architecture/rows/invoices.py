from datetime import date

from invoices.models import Invoice
from invoices.services import PURPOSE
from tests.architecture.rows import Row, about
from tests.architecture.secret import SECRET
from tests.factories.files import stored, uploaded_and_read
from tests.factories.invoices import CITY, SELLER, fa3
from tests.factories.procedures import submitted

CASE = "procedures.case"


def furnish(here):
    """An invoice in the unit's case, with its file; another file of the head's that was read."""
    said = {"tytul": SECRET}
    case = submitted(here.procedure, here.head, here.unit, **said)
    file = stored(here.head, f"{SECRET}.xml", fa3())
    invoice = Invoice.objects.create(
        owner_kind=CASE,
        owner_id=case.pk,
        unit_id=here.unit.pk,
        seller_nip=SELLER,
        seller_name=SECRET,
        number=SECRET,
        number_key=SECRET.upper(),
        issued_on=date(2026, 11, 2),
        gross=1,
        buyer_nip=CITY,
        file=file,
        entered_by=here.head,
    )
    read = uploaded_and_read(here.head, "faktura.xml", fa3(name=SECRET, number=SECRET), PURPOSE)
    return {"settled_case": case, "invoice": invoice, "read_file": read}


OWN = {"own": "invoices.keep_invoices"}
"""Whoever has the case before them sees its invoices, without any role of their own.

Nobody of the world accepts one: whoever holds every right stands on the applicant's side.
"""
ROWS = {
    "invoices/about/{kind}/{pk}/": Row(
        pk=lambda here: {"kind": CASE, "pk": here.settled_case.pk},
        by="head",
        body=lambda _: {"shares": [{"line": "a", "amount": "1.00"}]},
        **OWN,
    ),
    "invoices/read/{pk}/": about("read_file", by="head", **OWN),
    "invoices/{pk}/accept/": about("invoice", by=None),
    "invoices/{pk}/file/": about("invoice"),
    "invoices/{pk}/return/": about("invoice", by=None, body=lambda _: {"reason": "Zły numer"}),
    "invoices/{pk}/withdraw/": about("invoice", by="head", **OWN),
}
