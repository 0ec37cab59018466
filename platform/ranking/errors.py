from opium.errors import Invalid


class RulesFaulty(Invalid):
    """Its errors name the places in the rule document."""

    code = "ranking_rules_faulty"
    message = "Zasad podziału nie da się zastosować. Popraw miejsca wskazane na liście."


class ChangesFaulty(Invalid):
    """Its errors name the changes by hand that cannot stand."""

    code = "ranking_changes_faulty"
    message = "Ręcznych zmian nie da się zastosować. Popraw miejsca wskazane na liście."


class PaymentsFaulty(Invalid):
    """Its errors name the lines of the payment list."""

    code = "payments_faulty"
    message = "Listy wypłat nie da się przygotować. Popraw pozycje wskazane na liście."
