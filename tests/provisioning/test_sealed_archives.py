"""An archive that only the holder of a private key reads."""

import io
import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from provisioning.archive.checking import Archive
from provisioning.archive.places import Folder
from provisioning.archive.sealing import MARK, PIECE, Opening, Sealing, private_key, public_key
from provisioning.errors import (
    ArchiveBroken,
    ArchiveOpen,
    ArchiveSealed,
    KeyUnusable,
    OtherKey,
)

KEY = X25519PrivateKey.generate()


def sealed(content: bytes, step: int = 1000) -> bytes:
    sink = io.BytesIO()
    sealing = Sealing(sink, KEY.public_key())
    for at in range(0, len(content), step):
        sealing.write(content[at : at + step])
    sealing.end()
    return sink.getvalue()


def opened(content: bytes, key=KEY, step: int = 777) -> bytes:
    assert content.startswith(MARK)
    source = Opening(io.BytesIO(content[len(MARK) :]), key)
    return b"".join(iter(lambda: source.read(step), b""))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 4), st.integers(-2, 2), st.integers(100, 3 * PIECE))
def test_what_was_sealed_comes_out_whatever_its_length_and_the_steps(pieces, more, step):
    content = b"opium" * ((pieces * PIECE) // 5 + 1)
    content = content[: max(0, pieces * PIECE + more)]

    assert opened(sealed(content, step), step=step) == content


def test_nothing_of_the_content_shows_and_no_two_archives_are_alike():
    content = b"Szanowna Pani Dyrektor" * 10_000

    assert b"Szanowna" not in sealed(content)
    assert sealed(content)[:200] != sealed(content)[:200]


@pytest.mark.parametrize("at", [len(MARK) + 40, len(MARK) + 32 + PIECE + 100, -1])
def test_a_changed_byte_opens_nothing_from_there_on(at):
    content = bytearray(sealed(bytes(3 * PIECE)))
    content[at] ^= 1
    with pytest.raises((ArchiveBroken, OtherKey)):
        opened(bytes(content))


@pytest.mark.parametrize("left", [len(MARK) + 10, len(MARK) + 32 + PIECE + 16, -20, -1])
def test_a_cut_one_is_never_whole_even_at_the_end_of_a_piece(left):
    with pytest.raises((ArchiveBroken, OtherKey)):
        opened(sealed(bytes(3 * PIECE))[:left])


def test_pieces_cannot_change_places():
    content = sealed(bytes(PIECE) + b"x" * PIECE + b"y")
    start, size = len(MARK) + 32, PIECE + 16
    one, two = content[start : start + size], content[start + size : start + 2 * size]
    with pytest.raises((ArchiveBroken, OtherKey)):
        opened(content[:start] + two + one + content[start + 2 * size :])


def test_another_key_is_told_from_damage():
    with pytest.raises(OtherKey, match="Ten klucz nie otwiera"):
        opened(sealed(b"x"), X25519PrivateKey.generate())


def test_keys_made_with_the_handbooks_commands_fit(tmp_path):
    private, public = tmp_path / "kopie.pem", tmp_path / "kopie.pub"
    for command in (
        ["openssl", "genpkey", "-algorithm", "X25519", "-out", str(private)],
        ["openssl", "pkey", "-in", str(private), "-pubout", "-out", str(public)],
    ):
        subprocess.run(command, check=True, capture_output=True)

    assert private_key(private).public_key() == public_key(public)
    with pytest.raises(KeyUnusable, match="publicznym"):
        public_key(private)
    with pytest.raises(KeyUnusable, match="prywatnym"):
        private_key(tmp_path / "none")


def test_a_key_of_another_kind_is_refused(tmp_path):
    other = rsa.generate_private_key(65537, 2048).public_key()
    path = tmp_path / "rsa.pub"
    path.write_bytes(
        other.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
    )
    with pytest.raises(KeyUnusable):
        public_key(path)


def test_a_sealed_one_asks_for_its_key_and_an_open_one_for_none(tmp_path):
    private = tmp_path / "key.pem"
    private.write_bytes(
        KEY.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (tmp_path / "sealed").write_bytes(sealed(b"content"))
    (tmp_path / "open").write_bytes(b"content")
    place = Folder(tmp_path)

    with Archive(place, "sealed", private).reading() as source:
        assert source.read(7) == b"content"
    with pytest.raises(ArchiveSealed, match="--key"), Archive(place, "sealed").reading():
        pass
    with pytest.raises(ArchiveOpen), Archive(place, "open", private).reading():
        pass
