"""A small form that shows each kind of row a table of a form may have."""

from forms.definition import Definition, read

_COLUMNS = [
    {"key": "pozycja", "type": "short_text", "label": "Na co", "required": True},
    {"key": "ilosc", "type": "number", "label": "Ilość", "options": {"min": "1", "decimals": 0}},
    {"key": "cena", "type": "money", "label": "Cena"},
    {"key": "razem", "type": "money", "label": "Razem", "compute": "ilosc * cena"},
]
_PROJECT = [
    {
        "key": "tytul",
        "type": "short_text",
        "label": "Tytuł projektu",
        "required": True,
        "options": {"max_length": 120},
    },
    {
        "key": "rodzaj",
        "type": "single_choice",
        "label": "Rodzaj projektu",
        "required": True,
        "options": {
            "choices": [
                {"key": "sport", "label": "sportowy"},
                {"key": "sztuka", "label": "artystyczny"},
            ]
        },
    },
    {
        "key": "dyscyplina",
        "type": "short_text",
        "label": "Dyscyplina",
        "help": "To pytanie widać tylko przy projekcie sportowym.",
        "show": 'rodzaj = "sport"',
    },
    {"key": "termin", "type": "date", "label": "Kiedy się zacznie", "required": True},
]
_MONEY = [
    {
        "key": "kosztorys",
        "type": "table",
        "label": "Kosztorys",
        "required": True,
        "options": {"columns": _COLUMNS, "max_rows": 30, "sums": ["razem"]},
    },
    {
        "key": "kwota",
        "type": "money",
        "label": "Wnioskowana kwota",
        "required": True,
        "checks": [
            {
                "rule": "kwota <= suma(kosztorys.razem)",
                "sentence": "Kwota nie może być większa niż suma kosztorysu.",
            }
        ],
    },
    {
        "key": "zgoda",
        "type": "statement",
        "label": "Oświadczenie",
        "required": True,
        "options": {"wording": "Dane są prawdziwe, a wnioskuję o {kwota}."},
    },
]


def example() -> Definition:
    """It may be published as it stands, and is the same after a way through a workbook."""
    return read(
        {
            "format": 1,
            "title": "Wniosek na wzór",
            "introduction": "Zmień ten wzór na swój formularz: jeden wiersz to jedno pytanie.",
            "sections": [
                {"key": "projekt", "title": "Projekt", "questions": _PROJECT},
                {"key": "pieniadze", "title": "Pieniądze", "questions": _MONEY},
            ],
        }
    )
