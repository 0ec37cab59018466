"""A stream that only the holder of a private key can read, and nobody can change or cut.

X25519 with a key of its own for each archive, HKDF-SHA-256, then pieces of 64 KiB under
ChaCha20-Poly1305 whose nonce counts them and marks the last (the STREAM construction that the tool
`age` uses). The machine that makes backups holds the public key alone, so whoever takes it over
reads no old archive.
"""

from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from provisioning.archive.packing import Sink, Source
from provisioning.errors import ArchiveBroken, KeyUnusable, OtherKey

MARK = b"opium-sealed-1\n"
PIECE = 64 << 10
TAG = 16
KEY = 32


class Sealing:
    """A sink over another; `end` writes the piece without which nothing opens as whole."""

    def __init__(self, sink: Sink, recipient: X25519PublicKey) -> None:
        own = X25519PrivateKey.generate()
        self.sink = sink
        self.cipher = _cipher(own.exchange(recipient), own.public_key(), recipient)
        self.held = bytearray()
        self.count = 0
        sink.write(MARK + own.public_key().public_bytes_raw())

    def write(self, data: bytes, /) -> None:
        self.held += data
        while len(self.held) > PIECE:
            self._seal(bytes(self.held[:PIECE]), is_last=False)
            del self.held[:PIECE]

    def end(self) -> None:
        self._seal(bytes(self.held), is_last=True)

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self.sink.write(self.cipher.encrypt(_nonce(self.count, is_last=is_last), piece, None))
        self.count += 1


class Opening:
    """The source of a sealed stream after its mark. Raises `OtherKey` and `ArchiveBroken`."""

    def __init__(self, source: Source, key: X25519PrivateKey) -> None:
        theirs = _read(source, KEY)
        if len(theirs) < KEY:
            raise ArchiveBroken(what="urywa się na początku")
        sender = X25519PublicKey.from_public_bytes(theirs)
        try:
            shared = key.exchange(sender)
        except ValueError as error:
            raise ArchiveBroken(what="jego początek jest zmieniony") from error
        self.cipher = _cipher(shared, sender, key.public_key())
        self.source = source
        self.count = 0
        self.next = _read(source, PIECE + TAG)
        self.open = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """At most a piece at a time, as any source may."""
        while not self.open and self.next:
            self._open_next()
        wanted = len(self.open) if size < 0 else size
        found, self.open = bytes(self.open[:wanted]), self.open[wanted:]
        return found

    def _open_next(self) -> None:
        piece, self.next = self.next, _read(self.source, PIECE + TAG)
        try:
            nonce = _nonce(self.count, is_last=not self.next)
            self.open = memoryview(self.cipher.decrypt(nonce, piece, None))
        except InvalidTag as error:
            if self.count == 0:
                raise OtherKey from error
            raise ArchiveBroken(
                what=f"urwane albo zmienione po {self.count * PIECE} bajtach"
            ) from error
        self.count += 1


def of_city(keys: Path, schema: str, ending: str) -> Path:
    """The key's file: the path itself, or in a folder of keys that of the city."""
    return keys / f"{schema}{ending}" if keys.is_dir() else keys


def public_key(path: Path) -> X25519PublicKey:
    """Raises `KeyUnusable`."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise KeyUnusable(path=path, kind="publicznym") from error
    if not isinstance(key, X25519PublicKey):
        raise KeyUnusable(path=path, kind="publicznym")
    return key


def private_key(path: Path) -> X25519PrivateKey:
    """Raises `KeyUnusable`."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise KeyUnusable(path=path, kind="prywatnym") from error
    if not isinstance(key, X25519PrivateKey):
        raise KeyUnusable(path=path, kind="prywatnym")
    return key


def _cipher(shared: bytes, sender: X25519PublicKey, recipient: X25519PublicKey) -> ChaCha20Poly1305:
    salt = sender.public_bytes_raw() + recipient.public_bytes_raw()
    made = HKDF(hashes.SHA256(), KEY, salt, b"opium archive 1").derive(shared)
    return ChaCha20Poly1305(made)


def _nonce(count: int, *, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])


def _read(source: Source, size: int) -> bytes:
    """So many bytes, fewer only at the end."""
    found = bytearray()
    while len(found) < size and (more := source.read(size - len(found))):
        found += more
    return bytes(found)
