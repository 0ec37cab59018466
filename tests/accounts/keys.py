"""A browser's security key in software: makes and uses ES256 passkeys as WebAuthn asks."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG


def encoded(content):
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def decoded(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class SoftKey:
    def __init__(self, origin="https://north.test"):
        self.origin = origin
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.user = b""
        self.count = 0

    def make(self, options):
        """What `navigator.credentials.create` gives for the server's options."""
        asked = options["publicKey"]
        self.user = decoded(asked["user"]["id"])
        credential = AttestedCredentialData.create(
            b"\0" * 16, self.credential_id, ES256.from_cryptography_key(self.private.public_key())
        )
        flags = FLAGS.UP | FLAGS.UV | FLAGS.AT
        content = self._authenticator(asked["rp"]["id"], flags, credential)
        attestation = AttestationObject.create("none", content, {})
        return self._credential(
            {
                "clientDataJSON": self._client("webauthn.create", asked),
                "attestationObject": encoded(bytes(attestation)),
            }
        ) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def use(self, options):
        """What `navigator.credentials.get` gives for the server's options."""
        asked = options["publicKey"]
        self.count += 1
        content = self._authenticator(asked["rpId"], FLAGS.UP | FLAGS.UV)
        client = self._client("webauthn.get", asked)
        signed = bytes(content) + sha256(decoded(client)).digest()
        return self._credential(
            {
                "clientDataJSON": client,
                "authenticatorData": encoded(bytes(content)),
                "signature": encoded(self.private.sign(signed, ec.ECDSA(hashes.SHA256()))),
                "userHandle": encoded(self.user),
            }
        )

    def _authenticator(self, rp, flags, credential=b""):
        return AuthenticatorData.create(sha256(rp.encode()).digest(), flags, self.count, credential)

    def _client(self, kind, asked):
        facts = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return encoded(json.dumps(facts).encode())

    def _credential(self, response):
        return {
            "id": encoded(self.credential_id),
            "rawId": encoded(self.credential_id),
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
