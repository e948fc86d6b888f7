"""The printed recovery key: the file's secret in letters and digits that survive being read aloud and typed again."""

from __future__ import annotations

from hashlib import sha256

from mikrolaan.services.file_errors import WrongRecoveryKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
SECRET_BYTES = 32
CHECK_BYTES = 3  # a mistyped key passes once in 16 million
GROUP = 4
LETTERS = (SECRET_BYTES + CHECK_BYTES) * 8 // 5  # 56 letters: fourteen groups of four

_READ_AS = str.maketrans("OIL", "011")  # what people read for what is printed
_BETWEEN = " -–—_.\t\r\n\u00a0"


def written(secret: bytes) -> str:
    """The key as it is printed: fourteen groups of four, the last letters being the check."""
    number = int.from_bytes(secret + _check(secret))
    letters = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LETTERS)))
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def read(typed: str) -> bytes:
    """The secret of a typed key; small letters, o for 0, i and l for 1, any spaces and dashes are understood.

    Raises WrongRecoveryKey (mistyped) when the letters cannot be a key or its check does not fit.
    """
    letters = "".join(sign for sign in typed.upper() if sign not in _BETWEEN).translate(_READ_AS)
    if len(letters) != LETTERS or any(letter not in ALPHABET for letter in letters):
        raise WrongRecoveryKey(mistyped=True)
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    whole = number.to_bytes(SECRET_BYTES + CHECK_BYTES)
    secret, check = whole[:SECRET_BYTES], whole[SECRET_BYTES:]
    if check != _check(secret):
        raise WrongRecoveryKey(mistyped=True)
    return secret


def _check(secret: bytes) -> bytes:
    return sha256(b"mikrolaan recovery key" + secret).digest()[:CHECK_BYTES]
