"""The production address as one pipeline: a request goes in, an answer comes out (R5 to R8)."""

from typing import NamedTuple, Optional, Tuple

from activities import ACTIVITIES, ring_of
from answers import Answer, illegal, unauthenticated
from commands import read_command
from ledger import Ledger
from readings import Body, read_body, sorted_payload
from security_token import Token, is_fresh, read_token, signing_key
from settings import Key


class Request(NamedTuple):
    method: str
    sub_path: str
    query: str
    encoding: str
    raw: bytes


def answer(request: Request, keys: Tuple[Key, ...], ledger: Ledger, now_ms: int, patience: float) -> Answer:
    if request.method != "POST":
        return illegal("the method must be POST")
    if request.sub_path:
        return illegal("nothing is served at this path")
    if request.encoding not in ("", "identity"):
        return illegal("the body must not be compressed")
    token = read_token(request.query)
    if isinstance(token, Answer):
        return token
    if not is_fresh(token, now_ms):
        return unauthenticated("the timestamp is more than 60 seconds away")
    body = read_body(request.raw)
    members = dict(body.members or ())
    key = find_key(token, request.raw, body, ring_for(members.get("activity"), keys))
    if key is None:
        return unauthenticated("the signature does not verify")
    if body.fault or body.doubled:
        reading = illegal(body.fault or "a member is given twice")
    else:
        reading = read_command(members, int(token.timestamp))
    return ledger.receive(key, token, reading, now_ms, patience)


def ring_for(activity: object, keys: Tuple[Key, ...]) -> Tuple[Key, ...]:
    if isinstance(activity, str) and activity in ACTIVITIES:
        return tuple(key for key in keys if key.ring == ring_of(activity))
    return keys


def find_key(token: Token, raw: bytes, body: Body, ring: Tuple[Key, ...]) -> Optional[Key]:
    key = signing_key(token, raw, ring)
    if key is None and body.members is not None:
        payload = sorted_payload(body.members)
        key = signing_key(token, payload, ring) if payload is not None else None
    return key
