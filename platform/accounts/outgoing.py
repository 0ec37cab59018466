"""Speaking with servers that a city names: never with inner ones, never long, never much.

Whoever sets a provider chooses what this server asks, so every connection is checked where it is
made: the address is looked up once, checked, and that one is connected to. `PROVIDER_NETWORKS`
lists inner networks that are meant. Redirects, compressed and large answers are refused, and
whatever has not ended after `SECONDS` is cut off, also where it drips.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Event, Timer
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, NewConnectionError

SECONDS = 8.0
LARGEST = 256 * 1024

_open: ContextVar[list[socket.socket] | None] = ContextVar("open", default=None)
"""Copies of the sockets of the current request, by which it is cut off."""


class AnswerRefused(requests.RequestException):
    """A redirect, or more than is read."""


def session() -> requests.Session:
    """A session that speaks with outer servers alone; raises `requests.RequestException`."""
    made = requests.Session()
    made.trust_env = False
    made.headers["Accept-Encoding"] = "identity"
    for scheme in ("http://", "https://"):
        made.mount(scheme, _Guarded())
    return made


def is_outer(address: IPv4Address | IPv6Address) -> bool:
    """Whether it belongs to the world, or to a network that the installation names."""
    inner = getattr(address, "ipv4_mapped", None) or address
    if any(inner in ip_network(one) for one in settings.PROVIDER_NETWORKS):
        return True
    tunnelled = getattr(inner, "sixtofour", None) or getattr(inner, "teredo", None)
    return inner.is_global and not inner.is_multicast and not tunnelled


class _Guarded(HTTPAdapter):
    def init_poolmanager(self, *given: Any, **named: Any) -> None:
        super().init_poolmanager(*given, **named)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def send(self, request: requests.PreparedRequest, *_: Any, **named: Any) -> requests.Response:
        with _cut_off(SECONDS) as is_over:
            try:
                answer = super().send(
                    request,
                    stream=True,
                    timeout=SECONDS,
                    verify=named.get("verify", True),
                    cert=named.get("cert"),
                )
                body = answer.raw.read(LARGEST + 1, decode_content=False)
            except (requests.RequestException, HTTPError, OSError) as failure:
                raise requests.ConnectionError(failure, request=request) from failure
        answer.close()
        if is_over.is_set():
            raise requests.Timeout(request=request)
        if answer.is_redirect or len(body) > LARGEST or "Content-Encoding" in answer.headers:
            raise AnswerRefused(request=request, response=answer)
        answer._content = body  # noqa: SLF001  # so that nothing more is read
        return answer


@contextmanager
def _cut_off(seconds: float) -> Iterator[Event]:
    """Ends whatever connections are made inside after so long; tells whether it had to."""
    copies: list[socket.socket] = []
    is_over = Event()

    def cut() -> None:
        is_over.set()
        for one in copies:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself

    timer, token = Timer(seconds, cut), _open.set(copies)
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
        _open.reset(token)
        for one in copies:
            one.close()


class _Checked(HTTPConnection):
    """Connects to an address that was checked, not to whatever the name leads to a moment later."""

    def _new_conn(self) -> socket.socket:
        name = self._dns_host
        refusal = NewConnectionError(self, "the address is an inner one (PROVIDER_NETWORKS)")
        for address in _addresses_of(self):
            if not is_outer(address):
                continue
            self._dns_host = str(address)
            try:
                made = super()._new_conn()
            except NewConnectionError as failure:
                refusal = failure
                continue
            finally:
                self._dns_host = name
            copies = _open.get()
            if copies is not None:
                copies.append(made.dup())
            return made
        raise refusal


def _addresses_of(connection: HTTPConnection) -> list[IPv4Address | IPv6Address]:
    """Looked up once; the first that answers is taken, as elsewhere."""
    try:
        found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NewConnectionError(connection, f"unknown host: {error}") from error
    return [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]


class _CheckedSecure(_Checked, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Checked


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _CheckedSecure
