"""Checks of the answers to requests that are no callbacks: R8 and R9."""

import gzip
import select
import time

from callbacks import compact, fresh_code, renewal, status_change
from checks import ILLEGAL, SUCCESS, Rules, Unmet, expect, expect_refused, expect_unknown
from seller import Answer, Seller, judge

RULES = Rules()

LIMIT = 1 << 20
SLOW_SECONDS = 7


def answers_illegal(says: str, body: bytes) -> None:
    """The body is signed as it stands, so that nothing but the body is wrong."""

    @RULES.check("R8", f"{says} is 000002")
    def run(seller: Seller) -> None:
        expect(seller.post(body, seller.token(body)).code, ILLEGAL)


answers_illegal("an empty body", b"")
answers_illegal("a body that is not JSON", b"activity=refreshLicenseCode")
answers_illegal("a body cut short", compact(renewal(fresh_code()))[:-1])
answers_illegal("a body with more after it", compact(renewal(fresh_code())) + b"{}")
answers_illegal("a trailing comma", b'{"activity":"refreshLicenseCode",}')
answers_illegal("a body with NaN", compact({**renewal(fresh_code()), "x": float("nan")}))
answers_illegal("a BOM", b"\xef\xbb\xbf" + compact(renewal(fresh_code())))
answers_illegal("invalid UTF-8", compact({**renewal(fresh_code()), "x": "?"}).replace(b"?", b"\xff"))
answers_illegal("UTF-16", compact(renewal(fresh_code())).decode().encode("utf-16"))
answers_illegal("an array", b"[" + compact(renewal(fresh_code())) + b"]")
answers_illegal("a string", b'"refreshLicenseCode"')
answers_illegal("null", b"null")
answers_illegal("100000 levels of arrays", b"[" * 100_000)
answers_illegal("an empty object", b"{}")
answers_illegal("an unknown activity", compact({**renewal(fresh_code()), "activity": "expireLicenseCode"}))
answers_illegal("an activity in other letters", compact({**renewal(fresh_code()), "activity": "REFRESHLICENSECODE"}))
answers_illegal("an activity that every object has", compact({**renewal(fresh_code()), "activity": "constructor"}))


def refuses_method(method: str) -> None:
    @RULES.check("R8", f"the method {method} is 000002")
    def run(seller: Seller) -> None:
        code = fresh_code()
        body = b"" if method == "GET" else compact(renewal(code))
        expect(seller.post(body, seller.token(body), method=method).code, ILLEGAL)


for method in ("GET", "PUT", "PATCH", "DELETE"):
    refuses_method(method)


@RULES.check("R8", "an unknown sub-path is 000002")
def unknown_sub_path(seller: Seller) -> None:
    body = compact(renewal(fresh_code()))
    expect(seller.post(body, seller.token(body), sub_path="/nowhere").code, ILLEGAL)


GZIP = {"Content-Encoding": "gzip"}


@RULES.check("R8", "a compressed body is 000002")
def compressed(seller: Seller) -> None:
    body = gzip.compress(compact(renewal(fresh_code())))
    expect(seller.post(body, seller.token(body), headers=GZIP).code, ILLEGAL)


@RULES.check("R8", "a compressed body signed before it was compressed is refused")
def compressed_after_signing(seller: Seller) -> None:
    plain = compact(renewal(fresh_code()))
    expect_refused(seller.post(gzip.compress(plain), seller.token(plain), headers=GZIP))


@RULES.check("R8", "a Content-Type of plain text is no reason to refuse")
def plain_text(seller: Seller) -> None:
    body = compact(renewal(fresh_code()))
    expect(seller.post(body, seller.token(body), headers={"Content-Type": "text/plain"}).code, SUCCESS)


@RULES.check("R8", "a query parameter contentType is no reason to refuse")
def content_type_parameter(seller: Seller) -> None:
    body = compact(renewal(fresh_code()))
    query = seller.token(body) + [("contentType", "application/json")]
    expect(seller.post(body, query).code, SUCCESS)


def padded(code: str, length: int) -> bytes:
    padding = length - len(compact({**renewal(code), "x": ""}))
    return compact({**renewal(code), "x": "x" * padding})


@RULES.check("R8", "a body of 1 MiB is accepted")
def at_the_limit(seller: Seller) -> None:
    body = padded(fresh_code(), LIMIT)
    expect(seller.post(body, seller.token(body)).code, SUCCESS)


@RULES.check("R8", "a body one byte over 1 MiB is answered and refused")
def over_the_limit(seller: Seller) -> None:
    body = padded(fresh_code(), LIMIT + 1)
    expect_refused(seller.post(body, seller.token(body)))


@RULES.check("R8", "a body of 8 MiB is answered and refused")
def far_over_the_limit(seller: Seller) -> None:
    code = fresh_code()
    body = padded(code, 8 * LIMIT)
    expect_refused(seller.post(body, seller.token(body)))
    if seller.observable:
        expect_unknown(seller, code)


@RULES.check("R9", f"a body of one byte a second is answered or cut within {SLOW_SECONDS} s")
def trickle(seller: Seller) -> None:
    body = compact(status_change(fresh_code(), "FREEZE"))
    answer = send_slowly(seller, body)
    if answer.code == SUCCESS or answer.code == "still waiting":
        raise Unmet("an answer that refuses, or the end of the connection", answer.code)


def send_slowly(seller: Seller, body: bytes) -> Answer:
    connection = seller.connect()
    deadline = time.monotonic() + SLOW_SECONDS
    try:
        connection.putrequest("POST", seller.target(seller.token(body)))
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        for byte in body:
            connection.send(bytes([byte]))
            if select.select([connection.sock], [], [], 1)[0]:
                return judge(connection.getresponse())
            if time.monotonic() > deadline:
                return Answer("still waiting")
        return judge(connection.getresponse())
    except (OSError, ValueError) as cut:
        return Answer(f"cut ({type(cut).__name__})")
    finally:
        connection.close()
