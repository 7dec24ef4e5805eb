"""The security token of a callback: its shape, its age, and the key that signed it (R1 to R4)."""

import hashlib
import hmac
import re
from typing import Iterable, NamedTuple, Optional, Union
from urllib.parse import parse_qsl

from answers import Answer, illegal
from settings import Key

WINDOW_MS = 60_000

# R2 and R3 name characters of ASCII, so \d and \w, which know other scripts, will not do.
SHAPES = {
    "signature": re.compile("[0-9A-Fa-f]{64}"),
    "timestamp": re.compile("[0-9]{13}"),
    "nonce": re.compile("[!-~]{1,128}"),
}


class Token(NamedTuple):
    signature: str
    timestamp: str
    nonce: str


def read_token(query: str) -> Union[Token, Answer]:
    """The token of a query string, or the refusal of R7 that names the parameter at fault."""
    # A plus stands for itself: no page says that values are form-encoded, and a nonce holds no blanks (R3).
    given = parse_qsl(query.replace("+", "%2B"), keep_blank_values=True)
    values = []
    for name, shape in SHAPES.items():
        found = [value for given_name, value in given if given_name == name]
        if len(found) != 1 or not shape.fullmatch(found[0]):
            return illegal(f"{name} must be given once, in the documented form")
        values.append(found[0])
    return Token(*values)


def is_fresh(token: Token, now_ms: int) -> bool:
    # R2 has two sides: a timestamp from the future would otherwise outlive its nonce.
    return abs(now_ms - int(token.timestamp)) <= WINDOW_MS


def sign(secret: bytes, token: Token, payload: bytes) -> str:
    inner = hmac.new(secret, payload, hashlib.sha256).hexdigest()
    canonical = secret + (token.nonce + token.timestamp + inner).encode("ascii")
    return hmac.new(secret, canonical, hashlib.sha256).hexdigest().upper()


def signing_key(token: Token, payload: bytes, keys: Iterable[Key]) -> Optional[Key]:
    """The key whose signature the token carries; every key is tried, so that time tells nothing (R6)."""
    signature = token.signature.upper()
    signed_by = None
    for key in keys:
        if hmac.compare_digest(sign(key.secret, token, payload), signature):
            signed_by = key
    return signed_by
