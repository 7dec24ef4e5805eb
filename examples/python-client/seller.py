"""A seller's server as the store reaches it: callbacks go in, judged answers come out."""

import http.client
import json
import ssl
from datetime import datetime, timezone
from typing import Mapping, NamedTuple, Optional
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from callbacks import Members, Query, compact, token

TIMEOUT_SECONDS = 10


class Answer(NamedTuple):
    """`code` is the result code, or says in words why there is none that R8 would let pass."""

    code: str
    message: str = ""


class License(NamedTuple):
    status: str
    expires_at: Optional[datetime]

    def __str__(self) -> str:
        return f"{self.status} until {self.expires_at.isoformat() if self.expires_at else 'an unknown date'}"


class NotObservable(Exception):
    """The effect shows only in the seller's state, and no admin API was given."""


class AdminFailed(Exception):
    """The admin API did not say what it knows of a code."""


class Seller:
    def __init__(self, address: str, key: str, admin: Optional[str], admin_token: str) -> None:
        self._address = urlsplit(address)
        self._key = key
        self._admin = urlsplit(admin) if admin else None
        self._admin_token = admin_token

    @property
    def observable(self) -> bool:
        return self._admin is not None

    def token(self, payload: bytes, key: Optional[str] = None, **given: str) -> Query:
        return token(self._key if key is None else key, payload, **given)

    def call(self, members: Members, **given: str) -> Answer:
        """Send one callback the way the store does, with a fresh token."""
        body = compact(members)
        return self.post(body, self.token(body, **given))

    def post(
        self,
        body: bytes,
        query: Query,
        method: str = "POST",
        sub_path: str = "",
        headers: Optional[Mapping[str, str]] = None,
    ) -> Answer:
        connection = connect(self._address)
        try:
            connection.request(
                method,
                self.target(query, sub_path),
                body,
                {"Content-Type": "application/json", **(headers or {})},
            )
            return judge(connection.getresponse())
        except (OSError, http.client.HTTPException) as lost:
            return Answer(f"no answer ({type(lost).__name__})")
        finally:
            connection.close()

    def target(self, query: Query, sub_path: str = "") -> str:
        return (self._address.path or "/") + sub_path + "?" + urlencode(query, quote_via=quote, safe="")

    def connect(self) -> http.client.HTTPConnection:
        return connect(self._address)

    def license(self, code: str) -> Optional[License]:
        """What the seller's admin API knows of a code; None if it is unknown there."""
        if self._admin is None:
            raise NotObservable
        connection = connect(self._admin)
        try:
            connection.request(
                "GET",
                f"{self._admin.path.rstrip('/')}/admin/licenses/{quote(code, safe='')}",
                headers={"Authorization": f"Bearer {self._admin_token}"},
            )
            return read_license(connection.getresponse())
        except (OSError, http.client.HTTPException) as lost:
            raise AdminFailed(f"no answer ({type(lost).__name__})") from None
        except (ValueError, KeyError, AttributeError, TypeError):
            raise AdminFailed("an answer that does not describe a license") from None
        finally:
            connection.close()


def connect(address: SplitResult) -> http.client.HTTPConnection:
    if address.scheme == "https":
        return http.client.HTTPSConnection(
            address.hostname, address.port, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(address.hostname, address.port, timeout=TIMEOUT_SECONDS)


def judge(response: http.client.HTTPResponse) -> Answer:
    """R8 holds for every answer, so every answer is held against it."""
    raw = response.read()
    if response.status != 200:
        return Answer(f"HTTP {response.status}")
    if response.headers.get_content_type() != "application/json":
        return Answer(f"Content-Type {response.headers.get('Content-Type')}")
    try:
        answer = json.loads(raw.decode("utf-8"))
    except ValueError:
        return Answer("an answer that is not JSON")
    if not isinstance(answer, dict):
        return Answer("an answer that is not a JSON object")
    code, message = answer.get("resultCode"), answer.get("resultMsg")
    if not isinstance(code, str) or not isinstance(message, str):
        return Answer("an answer without resultCode and resultMsg")
    return Answer(code, message)


def read_license(response: http.client.HTTPResponse) -> Optional[License]:
    raw = response.read()
    if response.status == 404:
        return None
    if response.status != 200:
        raise AdminFailed(f"HTTP {response.status}")
    known = json.loads(raw.decode("utf-8"))
    expires_at = known["expiresAt"]
    return License(known["status"], None if expires_at is None else read_instant(expires_at))


def read_instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(timezone.utc)
