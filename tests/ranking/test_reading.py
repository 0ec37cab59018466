"""A rule document is refused with a sentence for every place that is wrong."""

import pytest

import ranking
from ranking.errors import RulesFaulty
from tests.ranking.scholarships import BY_SCORE, FIELDS, rules


def faults(document):
    with pytest.raises(RulesFaulty) as found:
        ranking.read_rules(document, FIELDS)
    return {one.field: one.detail for one in found.value.errors}


@pytest.mark.parametrize(
    ("members", "place", "sentence"),
    [
        ({"order": []}, "order", "Zasady: Podaj, według czego układa się ranking."),
        ({"order": {}}, "order", "Tu ma być lista w nawiasach [ ]."),
        (
            {"order": [{"by": "punkty"}]},
            "order/0/by",
            "Zasady › klucz 1.: Sprawy nie mają pola „punkty”",
        ),
        ({"order": [{"by": "wynik", "direction": "up"}]}, "order/0/direction", "falling, rising"),
        ({"order": [{"by": "wynik", "scale": ["a"]}]}, "order/0/scale", "tylko dla tekstu"),
        ({"order": [{"lot": "x", "by": "wynik"}]}, "order/0/by", "tylko ziarno"),
        ({"ordr": []}, "ordr", "Nie znam takiego pola."),
        ({"format": 2}, "format", "formacie 1"),
        ({"lists": True}, "lists", "Sprawy nie mają pola „True”"),
        (
            {"thresholds": [{"by": "wynik", "least": True}]},
            "thresholds/0/least",
            "Tu ma być liczba",
        ),
        ({"thresholds": [{"by": "wynik"}]}, "thresholds/0/least", "Podaj liczbę"),
        (
            {"thresholds": [{"by": "szkola", "least": 1}]},
            "thresholds/0/by",
            "Pole „Szkoła” nie jest liczbą.",
        ),
        ({"limits": [{}]}, "limits/0/most", "Podaj liczbę nagród."),
        ({"limits": [{"most": True}]}, "limits/0/most", "liczba całkowita"),
        ({"limits": [{"most": 1.5}]}, "limits/0/most", "liczba całkowita"),
        ({"limits": [{"each": {"x": 1}}]}, "limits/0/by", "Podaj pole"),
        ({"limits": [{"by": "szkola", "each": {"x": True}}]}, "limits/0/each", "liczba nagród"),
        ({"pots": [{"amount": 1}]}, "pots/0/code", "Podaj kod puli."),
        ({"pots": [{"code": "a", "amount": "1.001"}]}, "pots/0/amount", "w pełnych groszach"),
        ({"pots": [{"code": "a", "amount": -1}]}, "pots/0/amount", "nie może być ujemna"),
        ({"pots": [{"code": "a", "amount": 1}, {"code": "a", "amount": 1}]}, "pots", "dwa razy"),
        (
            {"pots": [{"code": "a", "amount": 1, "only": {"by": "szkola"}}]},
            "pots/0/only/among",
            "Zasady › pula 1. › tylko dla: Podaj, dla jakich wartości jest ta pula.",
        ),
        ({"amount": {"way": "kto"}}, "amount/way", "asked, fixed, percent, per_point, tariff"),
        ({"amount": {"way": "asked", "by": "szkola"}}, "amount/by", "nie jest liczbą"),
        ({"amount": {"way": "fixed", "amount": 0}}, "amount/amount", "większa od zera"),
        (
            {"amount": {"way": "percent", "by": "kwota", "points": "wynik"}},
            "amount/bands",
            "Podaj progi",
        ),
        (
            {"amount": {"way": "tariff", "by": ["ranga"], "rows": []}},
            "amount/rows",
            "Podaj wiersze",
        ),
        (
            {"amount": {"way": "tariff", "by": ["ranga"], "rows": [{"when": [True], "amount": 1}]}},
            "amount/rows/0/when",
            "Podaj wartość dla każdego z pól",
        ),
        ({"caps": [{"amount": 1, "percent": 2, "of": "koszt"}]}, "caps/0", "albo kwota"),
        ({"caps": [{"percent": 2}]}, "caps/0/of", "Podaj pole."),
        ({"rounding": {"to": 7}}, "rounding/to", "0.01, 1.00, 10.00 albo 100.00"),
        ({"proportional": "tak"}, "proportional", "prawda albo fałsz"),
        ({"least": 100}, "amount", "Podaj, ile dostaje sprawa"),
        (
            {"amount": {"way": "fixed", "amount": 1}, "proportional": True},
            "proportional",
            "Obniżać proporcjonalnie można tylko do puli",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(members, place, sentence):
    found = faults({"order": BY_SCORE, **members})

    assert sentence in found[place]
    assert len(found) == 1


@pytest.mark.parametrize("document", [None, [], "x", 3, True])
def test_what_is_no_object_is_no_rules(document):
    assert faults(document)[""] == "Zasady: Tu ma być obiekt z polami w nawiasach { }."


def test_every_fault_is_told_at_once():
    assert faults({"order": [{"by": "x"}, {"by": "y"}], "pots": [{}]}).keys() == {
        "order/0/by",
        "order/1/by",
        "pots/0/code",
        "pots/0/amount",
    }


def test_sums_and_numbers_may_be_written_as_texts_or_as_numbers():
    assert rules(thresholds=[{"by": "wynik", "least": "60.5"}]) == rules(
        thresholds=[{"by": "wynik", "least": 60.5}]
    )


def test_the_rules_name_every_field_that_they_ask_and_no_other():
    read = rules(
        lists="kategoria",
        thresholds=[{"by": "srednia", "least": 4}],
        limits=[{"by": "szkola", "most": 1}],
        pots=[{"code": "a", "amount": 1, "only": {"by": "ranga", "among": ["x"]}}],
        amount={
            "way": "percent",
            "by": "kwota",
            "points": "miejsce",
            "bands": [{"from": 1, "percent": 5}],
        },
        caps=[{"percent": 80, "of": "koszt"}],
    )

    assert read.names() == FIELDS.keys() - {"zlozono"}
    tariff = {
        "way": "tariff",
        "by": ["ranga", "miejsce"],
        "rows": [{"when": ["a", 1], "amount": 1}],
    }
    assert rules(amount=tariff).names() == {"wynik", "ranga", "miejsce"}
    assert rules(amount={"way": "per_point", "points": "srednia", "amount": 1}).names() == {
        "wynik",
        "srednia",
    }
    assert rules(amount={"way": "asked", "by": "kwota"}).names() == {"wynik", "kwota"}
