"""A POST that is sent again gives its first answer again and does nothing a second time.

The sender names each intention by an `Idempotency-Key`. The answer is written in the transaction
of the deed, so whoever did not hear it, even of a server that died, asks again with the same key.
A refusal is not kept: it has done nothing, and its repeat is judged anew.

What is kept is sealed with the sender's key, which is not kept, and the installation's: a copy of
the database opens none of it. An answer that carries a secret (`told_once` of a view) is not kept
at all; its repeat is told that the deed is done.
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

from cryptography.fernet import Fernet
from django.db import connection, transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.response import Response

from api.models import FirstAnswer
from api.rendering import Json
from opium.errors import Conflict, Invalid
from opium.registry import current_city

HEADER = "Idempotency-Key"
LONGEST = 200
REPLAYED = "Idempotency-Replayed"
Answer = Callable[[], HttpResponseBase]


class KeyUnusable(Invalid):
    code = "idempotency_key_unusable"
    message = (
        f"Nagłówek {HEADER} musi mieć od 1 do {LONGEST} znaków ASCII bez spacji. "
        "Wyślij na przykład losowy UUID."
    )


class KeyReused(Invalid):
    code = "idempotency_key_reused"
    message = (
        f"Tym samym kluczem ({HEADER}) oznaczono już inne żądanie. "
        "Każdą nową czynność oznacz nowym kluczem, a ponawiaj tylko niezmienione żądanie."
    )


class StillRunning(Conflict):
    code = "still_running"
    message = "Ta sama czynność jeszcze trwa. Poczekaj chwilę i spróbuj ponownie."
    retry_after = 1


class ToldOnce(Conflict):
    code = "told_once"
    message = (
        "Ta czynność jest już wykonana, ale jej odpowiedź zawierała sekret, którego system drugi "
        "raz nie pokazuje. Jeśli go nie widać, unieważnij to, co powstało, i utwórz nowe."
    )


def is_marked(request: Request) -> bool:
    """Whether the request is a POST of somebody known that bears a key."""
    marked = request.method == "POST" and HEADER in request.headers
    return marked and bool(request.user and request.user.is_authenticated)


def once(request: Request, answer: Answer, *, is_told_once: bool) -> HttpResponseBase:
    """What `answer` gives, or gave when the same person first sent the same under the same key.

    `answer` runs in a transaction here, as it would without one: what it refuses takes back only
    what the refusing service itself takes back. Nobody waits for somebody else's: raises
    `StillRunning` while the first runs; `KeyUnusable`, `KeyReused`, `ToldOnce`.
    """
    key = request.headers[HEADER]
    if not (0 < len(key) <= LONGEST and key.isascii() and key.isprintable() and " " not in key):
        raise KeyUnusable
    name, asked = _name(request, key), _asked(request, key)
    refusal: Exception | None = None
    with transaction.atomic():
        _hold(name)
        kept = FirstAnswer.objects.filter(pk=name).first()
        if kept is not None and FirstAnswer.objects.ended().filter(pk=name).delete()[0]:
            kept = None
        if kept is not None:
            return _again(kept, asked, key)
        try:
            given = answer()
        except Exception as raised:  # noqa: BLE001  # raised again once the transaction is over
            refusal = raised
        else:
            if isinstance(given, Response) and given.status_code < 400 and _has_written():  # noqa: PLR2004  # HTTP's
                sealed = None if is_told_once else _seal(key, _body(given))
                FirstAnswer.objects.create(
                    name=name, asked=asked, status=given.status_code, sealed=sealed
                )
    if refusal is not None:
        raise refusal
    return given


def _again(kept: FirstAnswer, asked: str, key: str) -> HttpResponse:
    if kept.asked != asked:
        raise KeyReused
    if kept.sealed is None:
        raise ToldOnce
    body = _cipher(key).decrypt(kept.sealed)
    answer = HttpResponse(body, status=kept.status, headers={REPLAYED: "true"})
    if body:
        answer.headers["Content-Type"] = "application/json"
    return answer


def _hold(name: str) -> None:
    """Be the only one under this name until the transaction ends, or raise `StillRunning`.

    A waiting request would hold a thread of the server for as long as the first one takes.
    """
    number = int.from_bytes(bytes.fromhex(name)[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise StillRunning


def _has_written() -> bool:
    """Whether the transaction has changed anything; a trial or a question has not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
        return bool(cursor.fetchone()[0])


def _name(request: Request, key: str) -> str:
    """Nobody's key is another's; nor is a program's the person's, as it may do less."""
    way_in = request.headers.get("Authorization", "")
    return _digest(current_city().schema_name, str(request.user.pk), way_in, key)


def _asked(request: Request, key: str) -> str:
    """Keyed, for a body may hold a password, which a plain digest would let somebody guess."""
    asked = json.dumps([request.get_full_path(), request.data], sort_keys=True, default=str)
    return _keyed("asked", key, asked).hex()


def _digest(*parts: str) -> str:
    return sha256(json.dumps(parts).encode()).hexdigest()


def _body(given: Response) -> bytes:
    return b"" if given.data is None else Json().render(given.data)


def _seal(key: str, body: bytes) -> str:
    return _cipher(key).encrypt(body).decode()


def _cipher(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(_keyed("sealed", key)))


def _keyed(purpose: str, *parts: str) -> bytes:
    """A digest that takes the installation's key to make, and the sender's, one of the parts."""
    salt = f"api.repeating.{purpose}"
    return salted_hmac(salt, json.dumps(parts), algorithm="sha256").digest()
