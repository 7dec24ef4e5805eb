"""A callback's body: its members, and the two payloads a signature may cover (R4)."""

import json
import re
from collections import Counter
from typing import List, NamedTuple, Optional


class Number(str):
    """A number token, character by character as it arrived."""


class Members(list):
    """An object as (name, value) pairs in the order of arrival, so that nothing is lost to a dict."""


class Body(NamedTuple):
    members: Optional[Members]
    doubled: List[str]
    fault: str


LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_body(raw: bytes) -> Body:
    """Never raise: a body that is no JSON object comes back without members and with its fault."""
    doubled: List[str] = []

    def members_of(pairs: list) -> Members:
        counted = Counter(name for name, _ in pairs)
        doubled.extend(name for name, times in counted.items() if times > 1)
        return Members(pairs)

    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_int=Number,
            parse_float=Number,
            parse_constant=refuse_constant,
            object_pairs_hook=members_of,
        )
    except UnicodeDecodeError:
        return Body(None, [], "the body is not UTF-8")
    except (ValueError, RecursionError):
        return Body(None, [], "the body is not JSON")
    if not isinstance(value, Members):
        return Body(None, [], "the body is not a JSON object")
    return Body(value, doubled, "")


def refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def sorted_payload(members: Members) -> Optional[bytes]:
    """The payload as the store's sample rebuilds it, or None where it nests too deep to be rebuilt."""
    kept = [member for member in members if member[1] is not None]
    try:
        return write(Members(sorted(kept, key=lambda member: utf16(member[0])))).encode("utf-8")
    except RecursionError:
        return None


def write(value: object) -> str:
    if isinstance(value, Members):
        return "{" + ",".join(write_text(name) + ":" + write(inner) for name, inner in value) + "}"
    if isinstance(value, list):
        return "[" + ",".join(write(inner) for inner in value) + "]"
    if isinstance(value, Number):
        return value
    return write_text(value) if isinstance(value, str) else json.dumps(value)


def write_text(text: str) -> str:
    # R4 escapes as JSON.stringify does, which spells out half of a surrogate pair.
    quoted = json.dumps(text, ensure_ascii=False)
    return LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def utf16(text: str) -> bytes:
    """Bytes that compare as the UTF-16 code units of a text do, unlike Python's code points."""
    return text.encode("utf-16-be", "surrogatepass")
