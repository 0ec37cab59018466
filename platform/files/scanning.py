"""The port to ClamAV: `clamd` reads the bytes of an upload before anybody may (INSTREAM, clamd(8)).

Its address is `CLAMD`: `host:port`, or the path of a socket. Without one nothing is scanned, and
`opium check --deploy` and the operators' console say so.
"""

import logging
import socket
import struct
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from files.errors import FileInfected, FileTooLargeToScan, ScannerSilent

logger = logging.getLogger(__name__)

_CHUNK = 1 << 18
_CONNECT, _ANSWER = 5.0, 60.0
"""Seconds to wait for the connection, and for the word on a file once it is sent."""


def scan(path: Path, *, name: str) -> None:
    """Raise `FileInfected`, or `ScannerSilent` and `FileTooLargeToScan` where nobody can tell."""
    if not settings.CLAMD:
        return
    with path.open("rb") as content:
        reply = _asked(b"INSTREAM", iter(lambda: content.read(_CHUNK), b""))
    match reply.removeprefix("stream: ").rsplit(" ", 1):
        case ["OK"]:
            return
        case [malware, "FOUND"]:
            logger.warning("clamd found %s in an upload", malware)
            raise FileInfected(name=name, malware=malware)
        case _ if "size limit exceeded" in reply:
            raise FileTooLargeToScan(name=name)
        case _:
            logger.error("clamd answers %r", reply)
            raise ScannerSilent(name=name)


def scanner_answers() -> bool:
    """Whether clamd speaks at its address."""
    try:
        return _asked(b"PING", (), wait=_CONNECT) == "PONG"
    except ScannerSilent:
        return False


def _asked(command: bytes, chunks: Iterable[bytes], *, wait: float = _ANSWER) -> str:
    """What clamd says. Raises `ScannerSilent`."""
    try:
        with _connected() as connection:
            connection.sendall(b"z" + command + b"\0")
            _send(connection, chunks, is_stream=command == b"INSTREAM")
            connection.settimeout(wait)
            reply = b""
            while not reply.endswith(b"\0") and (more := connection.recv(4096)):
                reply += more
    except OSError as problem:
        logger.exception("clamd does not answer at %s", settings.CLAMD)
        raise ScannerSilent from problem
    return reply.rstrip(b"\0").decode("utf-8", "replace")


def _send(connection: socket.socket, chunks: Iterable[bytes], *, is_stream: bool) -> None:
    """It hangs up on a stream that is too long, and has said so already."""
    try:
        for chunk in chunks:
            connection.sendall(struct.pack(">I", len(chunk)) + chunk)
        if is_stream:
            connection.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        logger.warning("clamd has hung up before the end of a file")


def _connected() -> socket.socket:
    address: str = settings.CLAMD
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_CONNECT)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    try:
        return socket.create_connection((host, int(port)), timeout=_CONNECT)
    except ValueError as wrong:
        raise OSError(f"CLAMD is no address: {address}") from wrong
