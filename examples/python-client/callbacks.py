"""The callbacks the store sends for License codes, and the token that guards each of them."""

import hashlib
import hmac
import json
import secrets
import time
from typing import Dict, List, Optional, Tuple

Members = Dict[str, object]
Query = List[Tuple[str, str]]


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def fresh_code() -> str:
    return "PL" + secrets.token_hex(8).upper()


def renewal(code: str, expire_time: str = "20300101000000", scene: str = "RENEWAL", **others: object) -> Members:
    """A change of the expiry, by an order of its own unless `others` names one."""
    order = "CS" + secrets.token_hex(8).upper()
    return {
        "activity": "refreshLicenseCode",
        "expireTime": expire_time,
        "license": code,
        "orderId": order,
        "orderLineId": order + "-000001",
        "scene": scene,
        **others,
    }


def cancellation(code: str, expire_time: str, **others: object) -> Members:
    return renewal(code, expire_time, "UNSUBSCRIBE_RENEWAL_PERIOD", **others)


def status_change(code: str, status: str, **others: object) -> Members:
    return {"activity": "updateLicenseCodeStatus", "license": code, "status": status, **others}


def release(code: str, **others: object) -> Members:
    return {"activity": "releaseLicenseCode", "license": code, **others}


def compact(members: Members) -> bytes:
    """The body as every documented one looks: alphabetical, and no white space."""
    return json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def sign(key: str, nonce: str, timestamp: str, payload: bytes) -> str:
    """R1, in upper-case hex."""
    secret = key.encode("utf-8")
    inner = hmac.new(secret, payload, hashlib.sha256).hexdigest()
    canonical = (key + nonce + timestamp + inner).encode("utf-8")
    return hmac.new(secret, canonical, hashlib.sha256).hexdigest().upper()


def token(key: str, payload: bytes, timestamp: Optional[str] = None, nonce: Optional[str] = None) -> Query:
    """The three query parameters, correctly signed even where timestamp or nonce are not as they should be."""
    timestamp = str(now_ms()) if timestamp is None else timestamp
    nonce = secrets.token_hex(16) if nonce is None else nonce
    return [("signature", sign(key, nonce, timestamp, payload)), ("timestamp", timestamp), ("nonce", nonce)]


def with_parameter(query: Query, name: str, value: str) -> Query:
    return [(given, value if given == name else old) for given, old in query]


def without_parameter(query: Query, name: str) -> Query:
    return [(given, value) for given, value in query if given != name]


def doubled_parameter(query: Query, name: str) -> Query:
    return query + [(given, value) for given, value in query if given == name]
