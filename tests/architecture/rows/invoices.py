from datetime import date

from invoices.models import Invoice
from invoices.services import PURPOSE
from tests.architecture.rows import Row, about
from tests.architecture.secret import SECRET
from tests.factories.files import stored, uploaded_and_read
from tests.factories.invoices import CITY, SELLER, fa3

CASE = "procedures.case"


def furnish(here):
    """An invoice in the unit's case, with its file; another file of the head's that was read."""
    file = stored(here.head, f"{SECRET}.xml", fa3())
    invoice = Invoice.objects.create(
        owner_kind=CASE,
        owner_id=here.case.pk,
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
    return {"invoice": invoice, "read_file": read}


OWN = {"own": "invoices.keep_invoices"}
"""Whoever has the case before them sees its invoices, without any role of their own."""
ROWS = {
    "invoices/about/{kind}/{pk}/": Row(
        pk=lambda here: {"kind": CASE, "pk": here.case.pk},
        by="head",
        body=lambda _: {"shares": [{"line": "a", "amount": "1.00"}]},
        **OWN,
    ),
    "invoices/read/{pk}/": about("read_file", by="head", **OWN),
    "invoices/{pk}/accept/": about("invoice", **OWN),
    "invoices/{pk}/file/": about("invoice", **OWN),
    "invoices/{pk}/return/": about("invoice", body=lambda _: {"reason": "Zły numer"}, **OWN),
    "invoices/{pk}/withdraw/": about("invoice", by="head", **OWN),
}
