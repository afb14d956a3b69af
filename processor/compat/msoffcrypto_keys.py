"""Computes the key of a locked Office file once; msoffcrypto alone computes it twice.

**Why.** Excel hashes a password 100,000 times (0.1 s) to make a key. msoffcrypto does this to unlock the key of the
workbook, once more to verify the password, and again when the same file is opened a second time.

**What is reached into.** `ECMA376Agile._derive_iterated_hash_from_password`, `_derive_encryption_key` and the
key data of the file in `OOXMLFile.info`. Nothing is replaced.

**Tried** with 5.4.2, 6.0.0 and 6.1.0.

**The plain way**, which any other version takes by itself: `load_key(password=…, verify_password=True)`.
`tests/test_compat.py` compares the two.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method import ecma376_agile as agile

from processor.compat.versions import Tried

TRIED: Final = Tried("msoffcrypto-tool", (5, 4), (6, 2))


def load_key(office: Any, password: str, version: str | None = None) -> None:  # noqa: ANN401 - an untyped library
    """Loads the key into a file of msoffcrypto, so that it can be decrypted.

    version: of msoffcrypto; None = the installed one. Raises InvalidKeyError if the password is wrong. A damaged file
    raises any of the errors of msoffcrypto.
    """
    if isinstance(office, OOXMLFile) and office.type == "agile" and TRIED.holds(version):
        office.load_key(secret_key=_key(office.info, password))
    else:
        office.load_key(password=password, verify_password=True)


def _key(info: dict[str, Any], password: str) -> bytes:
    """The key of the workbook.

    Does the work of msoffcrypto's `makekey_from_password` and `verify_password` in one pass.
    """
    salt, algorithm = info["passwordSalt"], info["passwordHashAlgorithm"]
    hashed = _hashed(password, salt, algorithm, info["spinValue"])

    def opened(locked: bytes, purpose: bytearray) -> bytes:
        key = agile.ECMA376Agile._derive_encryption_key(hashed, purpose, algorithm, info["passwordKeyBits"])
        return bytes(agile._decrypt_aes_cbc(locked, key, salt))

    key = opened(info["encryptedKeyValue"], agile.blkKey_encryptedKeyValue)
    tested = opened(info["encryptedVerifierHashInput"], agile.blkKey_VerifierHashInput)
    expected = opened(info["encryptedVerifierHashValue"], agile.blkKey_encryptedVerifierHashValue)
    if agile._get_hash_func(algorithm)(tested).digest() != expected:
        raise InvalidKeyError("Key verification failed")
    return key


@lru_cache(maxsize=16)
def _hashed(password: str, salt: bytes, algorithm: str, rounds: int) -> bytes:
    found: bytes = agile.ECMA376Agile._derive_iterated_hash_from_password(password, salt, algorithm, rounds).digest()
    return found
