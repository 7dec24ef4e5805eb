"""The seller's settings, read once from the environment."""

import json
import os
from typing import Mapping, NamedTuple, Tuple


class Key(NamedTuple):
    """One key of a ring; `name` is what the nonce table shows instead of the secret."""

    ring: str
    name: str
    secret: bytes


class Settings(NamedTuple):
    host: str
    port: int
    production_path: str
    database: str
    admin_token: str
    keys: Tuple[Key, ...]


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raise ValueError, which never quotes a secret, if something cannot be used."""
    path = environment.get("PRODUCTION_PATH", "/production")
    if not path.startswith("/") or path.endswith("/"):
        raise ValueError("PRODUCTION_PATH must start with / and not end with it")
    port = environment.get("PORT", "8080")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise ValueError("PORT must be a number from 0 to 65535")
    return Settings(
        host=environment.get("HOST", "127.0.0.1"),
        port=int(port),
        production_path=path,
        database=environment.get("DATABASE", "seller.db"),
        admin_token=environment.get("KOOBRIDGE_ADMIN_TOKEN", ""),
        keys=read_keys(environment.get("KOOBRIDGE_KEYS", "")),
    )


def read_keys(text: str) -> Tuple[Key, ...]:
    try:
        keys = tuple(
            Key(ring, f"{ring}/{key['id']}", key["secret"].encode())
            for ring, entries in json.loads(text).items()
            for key in entries
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError('KOOBRIDGE_KEYS must be JSON: {"license":[{"id":"...","secret":"..."}]}') from None
    if not any(key.ring in ("license", "base") for key in keys) or not all(key.secret for key in keys):
        raise ValueError("KOOBRIDGE_KEYS needs a key in the ring license or base, and no empty secret")
    return keys
