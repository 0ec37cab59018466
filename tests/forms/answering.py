"""Random answers: right ones, nearly right ones, and plain garbage."""

from hypothesis import strategies as st

from forms.definition import TYPES
from tests.forms.strategies import DAYS, FILES, TEXTS, UNITS

SCRAPS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8),
    st.sampled_from(["", "12", "1 234,50", "-0", "1e9", "2026-11-23", "x" * 600, "\x00", "a"]),
)  # fmt: skip  # a list
GARBAGE = st.recursive(
    SCRAPS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["id", "c0", "c1", "from", "city", "accepted", "wording", "pesel"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


@st.composite
def answers_to(draw, definition, *, with_garbage=True):
    """Answers of the right kind, left out, cleared, and (unless told not to) garbage."""
    answers = {}
    asked = [one for one in definition.questions() if TYPES[one.type].has_answer]
    for question in asked:
        match draw(st.integers(0, 9)):
            case 0 | 1:
                continue
            case 2:
                answers[question.key] = None
            case 3 if with_garbage:
                answers[question.key] = draw(GARBAGE)
            case _:
                answers[question.key] = draw(answer_to(question))
    return answers


@st.composite
def answer_to(draw, question):  # noqa: C901, PLR0911, PLR0912  # a type each
    """One answer of a question's type, right or nearly."""
    options = question.options
    match question.type:
        case "number" | "money" | "percent":
            return str(draw(st.decimals(-10, 10_000, places=draw(st.integers(0, 3)))))
        case "date":
            return draw(DAYS).isoformat()
        case "yes_no":
            return draw(st.booleans())
        case "single_choice":
            return draw(st.sampled_from(["a", "n", "s", "inne"]))
        case "multiple_choice":
            return draw(st.lists(st.sampled_from(["a", "n", "s"]), max_size=3))
        case "table":
            return draw(st.lists(_row(options.columns), max_size=4))
        case "unit" | "person":
            return draw(st.sampled_from([*UNITS, "nie wiem"]))
        case "file":
            return draw(st.lists(st.sampled_from([*FILES]), max_size=2))
        case "workbook":
            return draw(st.sampled_from([*FILES]))
        case "statement":
            return draw(st.sampled_from([{"accepted": True}, {"accepted": False}]))
        case "date_range":
            return {"from": draw(DAYS).isoformat(), "to": draw(DAYS).isoformat()}
        case "address":
            return {"street": "Długa 1", "postal_code": "85-006", "city": draw(TEXTS)}
        case "classification":
            return {"division": "801", "chapter": draw(st.sampled_from(["80101", "85401"]))}
        case "personal_data":
            return {name: draw(TEXTS) for name in options.fields}
    return draw(_WRITTEN.get(question.type, TEXTS))


_WRITTEN = {
    "email": st.sampled_from(["sekretariat@sp1.pl", "bez małpy"]),
    "phone": st.sampled_from(["52 123 45 67", "12"]),
    "pesel": st.sampled_from(["44051401359", "44051401358"]),
    "nip": st.sampled_from(["526-000-12-46", "123"]),
    "regon": st.sampled_from(["123456785", "1"]),
    "iban": st.sampled_from(["PL61 1090 1014 0000 0712 1981 2874", "PL1"]),
}


@st.composite
def _row(draw, columns):
    row = {"id": draw(st.sampled_from(["r1", "r2", "x", "y", "z"]))}
    for column in columns:
        if not column.compute and draw(st.booleans()):
            row[column.key] = draw(st.one_of(answer_to(column), answer_to(column), SCRAPS))
    return row
