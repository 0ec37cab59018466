"""The procedures behind the chains, as a city starts with them."""

from collections.abc import Mapping
from typing import Any

from modules.messaging.errors import AcceptanceUnprepared
from modules.messaging.models import AcceptanceChain, AcceptanceRule
from modules.messaging.selectors.accepting import FUNCTIONS, PLAYED, codes_of
from opium.permissions import SYSTEM
from procedures.errors import ProcedureFaulty
from procedures.services import designing

Chain = AcceptanceRule.Chain


def prepare(code: str) -> AcceptanceChain | None:
    """The chain with its procedure, published on first need; None where nobody has to accept.

    Afterwards the procedure is the city's: it may relax „autor nie zatwierdza” or add deadlines
    in the editor. Raises `AcceptanceUnprepared` while a function of it is played by nobody.
    """
    if code == Chain.NONE:
        return None
    known = AcceptanceChain.objects.select_related("procedure").filter(code=code).first()
    if known is not None:
        return known
    document = _document(Chain(code), codes_of(FUNCTIONS))
    procedure = designing.add_procedure(actor=SYSTEM, name=document["name"], draft=document)
    designing.declare_functions(actor=SYSTEM, procedure=procedure)
    try:
        designing.publish_procedure(actor=SYSTEM, procedure=procedure)
    except ProcedureFaulty as faulty:
        reasons = " ".join(error.detail for error in faulty.errors)
        raise AcceptanceUnprepared(reason=reasons) from faulty
    return AcceptanceChain.objects.create(code=code, procedure=procedure)


def _document(chain: AcceptanceRule.Chain, codes: Mapping[str, str]) -> dict[str, Any]:
    names = {codes[code]: FUNCTIONS[code] for code in PLAYED[chain]}
    played = list(names)
    approvers = [{"id": code, "function": code} for code in played]
    return {
        "format": 1,
        "name": f"Akceptacja wiadomości: {chain.label}",
        "noun": "wiadomość",
        "applicant": "office",
        "functions": [{"key": code, "name": names[code]} for code in played],
        "stages": [
            {
                "key": "akceptacja",
                "kind": "approval",
                "name": "Akceptacja",
                "function": played[0],
                "parameters": {"approvers": approvers, "order": "sequential"},
                "x": 40,
                "y": 40,
            },
            _end("wyslana", "Wysłana", "positive", 40),
            _end("zwrocona", "Zwrócona autorowi", "negative", 260),
        ],
        "transitions": [
            _way("akceptuj", "wyslana", "approved", "Akceptuj i wyślij", "positive"),
            _way("zwroc", "zwrocona", "returned", "Zwróć autorowi", "negative", reason="required"),
        ],
    }


def _end(key: str, name: str, meaning: str, y: int) -> dict[str, Any]:
    place = {"x": 360, "y": y}
    return {
        "key": key,
        "kind": "closing",
        "name": name,
        "parameters": {"meaning": meaning},
        **place,
    }


def _way(  # the parts of one way
    key: str, target: str, outcome: str, label: str, tone: str, **rest: str
) -> dict[str, Any]:
    return {
        "key": key,
        "from": "akceptacja",
        "to": target,
        "on": outcome,
        "label": label,
        "tone": tone,
        **rest,
    }
