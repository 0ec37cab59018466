from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from budget import services as budget
from tests.architecture.rows import Row, about
from tests.architecture.secret import SECRET

ROWS = {
    "budget/classifications/": Row(
        is_shared=True, body=lambda _: {"year": 2031, "chapter": "80104", "name": "Nowa"}
    ),
    "budget/classifications/copy/": Row(
        is_shared=True,
        body=lambda _: {"from_year": timezone.localdate().year, "to_year": 2031},
    ),
    "budget/classifications/{pk}/": about(
        "position", is_shared=True, body=lambda _: {"name": "Inna"}
    ),
    "budget/pots/": Row(
        body=lambda _: {"year": 2031, "code": "nowa", "name": "Nowa", "amount": "1.00"}
    ),
    "budget/pots/export/": Row(),
    "budget/pots/{pk}/": about("pot", body=lambda _: {"name": "Inna"}),
    "budget/pots/{pk}/amount/": about("pot", body=lambda _: {"amount": "2000.00"}),
    "budget/pots/{pk}/fit/": about("pot", body=lambda _: {"amount": "1.00"}),
    "budget/pots/{pk}/parts/": about(
        "pot", body=lambda _: {"code": "czesc", "name": "Część", "amount": "1.00"}
    ),
    "budget/pots/{pot_id}/entries/": about("pot", parameter="pot_id"),
    "budget/pots/{pot_id}/entries/export/": about("pot", parameter="pot_id"),
    "budget/unit-kinds/": Row(body=lambda _: {"year": "2031"}),
    "budget/years/": Row(),
}


def furnish(here: SimpleNamespace) -> dict[str, Any]:
    """A pot that the unit disposes of, with a grant to the case, and a position of this year."""
    year = timezone.localdate().year
    position = budget.add_classification(actor=here.admin, year=year, chapter="80101", name=SECRET)
    pot = budget.make_pot(
        actor=here.admin,
        year=year,
        code="tajna",
        name=SECRET,
        amount=Decimal("1000.00"),
        unit_id=here.unit.pk,
    )
    budget.grant(
        actor=here.admin,
        subject=budget.Subject("procedures.case", here.case.pk, here.unit.pk),
        shares=[budget.Share(pot, Decimal("10.00"))],
        key="1",
        reason=SECRET,
    )
    return {"pot": pot, "position": position}
