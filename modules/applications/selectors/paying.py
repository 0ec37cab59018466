"""What of a published decision a payment list can pay now, and why the rest is left out."""

from dataclasses import dataclass
from decimal import Decimal

from budget.selectors import Figures
from modules.applications.models import Award, Payment, Recommendation
from modules.applications.selectors.applications import money_by_case

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Due:
    """An award that no list has paid yet."""

    award: Award
    why: str
    """Why no list can pay it now; "" where one can."""

    def __str__(self) -> str:
        return f"{self.award.application.case}: {self.why}"


def dues_of(made: Recommendation) -> list[Due]:
    """Every award above nothing that no list has paid, by place; queries that stay."""
    paid = Payment.objects.filter(is_void=False, award__recommendation=made).values("award")
    whole = made.awards.filter(amount__gt=0).exclude(pk__in=paid)
    awards = whole.select_related("application__case").order_by("place", "pk")
    money = money_by_case(made.call)
    return [
        Due(one, _why(one, unpaid(money.get(one.application.case_id, Figures())))) for one in awards
    ]


def unpaid(held: Figures) -> Decimal:
    """Of what was granted, what was neither returned nor paid."""
    return max(held.granted - held.returned - held.paid, NOTHING)


def _why(award: Award, left: Decimal) -> str:
    """A matter that had ended well before the decision has nowhere to go on to, and is paid."""
    case = award.application.case
    if not left:
        return "w sprawie nie ma już przyznanych środków, bo je zwrócono albo cofnięto."
    if award.state == Award.State.CARRIED or case.meaning == case.Meaning.POSITIVE:
        return ""
    return award.sentence or "sprawa nie przeszła jeszcze do decyzji. Poczekaj chwilę i ponów."
