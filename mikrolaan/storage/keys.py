"""The key file beside the office file: one slot per officer that opens with the officer's password.

Why the secret is also the recovery key, and what each part guards against: docs/decisions/0002-office-file.md.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.search_text import folded
from mikrolaan.services.file_errors import FileDamaged, FileMissing
from mikrolaan.storage.failures import told_by_system
from mikrolaan.storage.files import beside, write_whole
from mikrolaan.storage.recovery_key import SECRET_BYTES

FORMAT = 1
SALT_BYTES = 16
NONCE_BYTES = 12  # AES-GCM's own
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class KeyCost:
    """What one try at a password costs; the defaults are RFC 9106's second recommendation (low memory)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Slot:
    """One officer's way in: the secret, encrypted under a key that only the password gives."""

    officer_id: UUID
    name_tag: str  # keyed hash of the folded name, so that the file names nobody
    cost: KeyCost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    def open(self, password: str) -> bytes | None:
        """The secret, or None when the password is not this officer's."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(_password_key(password, self.salt, self.cost)).decrypt(
                self.nonce, self.wrapped, _bound(self.officer_id, self.name_tag, self.cost)
            )
        except InvalidTag:
            return None


@dataclass(frozen=True, slots=True)
class Keys:
    """The whole key file."""

    name_salt: bytes
    secret_check: str  # tells a wrong recovery key from a damaged database
    slots: tuple[Slot, ...] = ()

    def candidates(self, officer_name: str) -> Sequence[Slot]:
        """The slots a password is tried on: the named officer's, or every one when no name is given."""
        if not officer_name.strip() or len(self.slots) == 1:
            return self.slots
        tag = _name_tag(officer_name, self.name_salt)
        return [slot for slot in self.slots if hmac.compare_digest(slot.name_tag, tag)]

    def belong_to(self, secret: bytes) -> bool:
        """Whether the secret is the one that the slots wrap."""
        return hmac.compare_digest(self.secret_check, _secret_check(secret))

    def with_slot(self, secret: bytes, officer_id: UUID, name: str, password: str, cost: KeyCost) -> Keys:
        """The key file with a new password for one officer; the slots of the others stay."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if not password:
            raise InvalidValue("password", Problem.MISSING)
        tag = _name_tag(name, self.name_salt)
        salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
        wrapping = AESGCM(_password_key(password, salt, cost))
        wrapped = wrapping.encrypt(nonce, secret, _bound(officer_id, tag, cost))
        others = tuple(slot for slot in self.slots if slot.officer_id != officer_id)
        return replace(self, slots=(*others, Slot(officer_id, tag, cost, salt, nonce, wrapped)))


def new_secret() -> bytes:
    """A new file's secret: 256 random bits, printed as the recovery key."""
    return secrets.token_bytes(SECRET_BYTES)


def new_keys(secret: bytes) -> Keys:
    """A key file without officers."""
    return Keys(secrets.token_bytes(SALT_BYTES), _secret_check(secret))


def data_key(secret: bytes) -> bytes:
    """The key that encrypts the database; it depends on the secret alone, so that paper opens the file by itself."""
    return _derived(secret, b"mikrolaan database 1")


def read_keys(path: Path) -> Keys:
    """The key file of an office file; FileMissing (keys) when there is none, FileDamaged when it cannot be read.

    When the file itself cannot be read, its copy is.
    """
    own, copy = beside(path, "keys"), beside(path, "keys-copy")
    if not own.exists() and not copy.exists():
        raise FileMissing(path, keys=True)
    for place in (own, copy):
        try:
            return _from_json(json.loads(place.read_text(encoding="ascii")))
        except OSError as error:
            if place.exists():
                raise told_by_system(error, place) or error from error
        except UNREADABLE:
            continue  # cut off or overwritten: the copy is looked at
    raise FileDamaged(own)


def officers_in(path: Path) -> int:
    """How many officers can sign in to an office file; FileMissing when there is no such file."""
    if not path.exists():
        raise FileMissing(path)
    return len(read_keys(path).slots)


def write_keys(path: Path, keys: Keys) -> None:
    """Replace the key file of an office file in one step, then its copy: a former password opens neither."""
    content = json.dumps(_to_json(keys), indent=1).encode("ascii")
    write_whole(beside(path, "keys"), content, path)
    write_whole(beside(path, "keys-copy"), content, path)


def _password_key(password: str, salt: bytes, cost: KeyCost) -> bytes:
    """Argon2id of the password, in one Unicode form whichever keyboard typed it."""
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        unicodedata.normalize("NFKC", password).encode(errors="surrogatepass"),  # half an emoji can be pasted
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _derived(secret: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(secret)


def _secret_check(secret: bytes) -> str:
    return _derived(secret, b"mikrolaan check 1")[:8].hex()


def _name_tag(name: str, salt: bytes) -> str:
    return hmac.new(salt, folded(name).encode(), sha256).hexdigest()


def _bound(officer_id: UUID, name_tag: str, cost: KeyCost) -> bytes:
    """What the encryption of a slot vouches for besides the secret: nobody can move a slot to another officer."""
    return f"{FORMAT}:{officer_id}:{name_tag}:{cost.memory_kib}:{cost.passes}:{cost.lanes}".encode()


def _to_json(keys: Keys) -> dict[str, Any]:
    told_keys = _facts(keys)
    return {**told_keys, "fingerprint": _fingerprint(told_keys)}


def _fingerprint(told_keys: dict[str, Any]) -> str:
    """Tells a key file that lost a letter from one that a wrong password does not open."""
    facts = {name: value for name, value in told_keys.items() if name != "fingerprint"}
    return sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _facts(keys: Keys) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name_salt": keys.name_salt.hex(),
        "secret_check": keys.secret_check,
        "slots": [
            {
                "officer": str(slot.officer_id),
                "name_tag": slot.name_tag,
                "argon2id": {
                    "memory_kib": slot.cost.memory_kib,
                    "passes": slot.cost.passes,
                    "lanes": slot.cost.lanes,
                    "salt": slot.salt.hex(),
                },
                "nonce": slot.nonce.hex(),
                "wrapped": base64.b64encode(slot.wrapped).decode(),
            }
            for slot in keys.slots
        ],
    }


def _from_json(told_keys: dict[str, Any]) -> Keys:
    if told_keys["format"] != FORMAT:
        raise ValueError(told_keys["format"])
    if told_keys.get("fingerprint", _fingerprint(told_keys)) != _fingerprint(told_keys):
        raise ValueError("fingerprint")
    return Keys(
        bytes.fromhex(told_keys["name_salt"]),
        str(told_keys["secret_check"]),
        tuple(
            Slot(
                officer_id=UUID(slot["officer"]),
                name_tag=str(slot["name_tag"]),
                cost=_cost(slot["argon2id"]),
                salt=_bytes(slot["argon2id"]["salt"], SALT_BYTES),
                nonce=_bytes(slot["nonce"], NONCE_BYTES),
                wrapped=base64.b64decode(slot["wrapped"], validate=True),
            )
            for slot in told_keys["slots"]
        ),
    )


def _bytes(told_bytes: str, length: int) -> bytes:
    read = bytes.fromhex(told_bytes)
    if len(read) != length:
        raise ValueError("length")
    return read


def _cost(told_cost: dict[str, Any]) -> KeyCost:
    """The cost as kept, within what a machine can bear: an altered file must not exhaust its memory."""
    memory, passes, lanes = (int(told_cost[name]) for name in ("memory_kib", "passes", "lanes"))
    if not (8 * lanes <= memory <= 4_194_304 and 1 <= passes <= 100 and 1 <= lanes <= 64):
        raise ValueError("cost")
    return KeyCost(memory, passes, lanes)
