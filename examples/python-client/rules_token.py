"""Checks of the security token: R1 to R4, R6 and R7."""

from collections import Counter
from typing import Callable

from callbacks import (
    Query,
    compact,
    doubled_parameter,
    fresh_code,
    now_ms,
    renewal,
    with_parameter,
    without_parameter,
)
from checks import SUCCESS, UNAUTHENTICATED, Rules, at_once, expect, expect_refused, expect_unknown
from seller import Seller

RULES = Rules()

NAMES = ("signature", "timestamp", "nonce")
FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
VISIBLE_ASCII = "".join(map(chr, range(0x21, 0x7F)))

MakeQuery = Callable[[Seller, bytes], Query]


def accepts(ruling: str, says: str, make_query: MakeQuery) -> None:
    @RULES.check(ruling, f"{says} is accepted")
    def run(seller: Seller) -> None:
        body = compact(renewal(fresh_code()))
        expect(seller.post(body, make_query(seller, body)).code, SUCCESS)


def refuses(ruling: str, says: str, make_query: MakeQuery) -> None:
    """R7: a refused token answers one of two codes and has no effect."""

    @RULES.check(ruling, f"{says} is refused")
    def run(seller: Seller) -> None:
        code = fresh_code()
        body = compact(renewal(code))
        expect_refused(seller.post(body, make_query(seller, body)))
        if seller.observable:
            expect_unknown(seller, code)


def altered(name: str, change: Callable[[str], str]) -> MakeQuery:
    def make_query(seller: Seller, body: bytes) -> Query:
        query = seller.token(body)
        return with_parameter(query, name, change(dict(query)[name]))

    return make_query


def shifted(seconds: float) -> MakeQuery:
    return lambda seller, body: seller.token(body, timestamp=str(now_ms() + int(seconds * 1000)))


def stamped(write: Callable[[str], str]) -> MakeQuery:
    """A malformed timestamp, signed as it stands."""
    return lambda seller, body: seller.token(body, timestamp=write(str(now_ms())))


def nonced(nonce: Callable[[], str]) -> MakeQuery:
    return lambda seller, body: seller.token(body, nonce=nonce())


accepts("R1", "a signature in upper-case hex", altered("signature", str.upper))
accepts("R1", "a signature in lower-case hex", altered("signature", str.lower))

accepts("R2", "a timestamp 50 s old", shifted(-50))
accepts("R2", "a timestamp 50 s ahead", shifted(50))
refuses("R2", "a timestamp 61 s old", shifted(-61))
# Two seconds more than on the other side, for the time the callback is under way.
refuses("R2", "a timestamp 63 s ahead", shifted(63))
refuses("R2", "a timestamp 1 h ahead", shifted(3600))
refuses("R2", "a timestamp of 10 digits", stamped(lambda now: now[:10]))
refuses("R2", "a timestamp of 14 digits", stamped(lambda now: now + "0"))
refuses("R2", "a timestamp with a leading zero", stamped(lambda now: "0" + now))
refuses("R2", "a timestamp with a plus sign", stamped(lambda now: "+" + now))
refuses("R2", "a timestamp with a minus sign", stamped(lambda now: "-" + now))
refuses("R2", "a timestamp after a blank", stamped(lambda now: " " + now))
refuses("R2", "a timestamp before a blank", stamped(lambda now: now + " "))
refuses("R2", "a timestamp before a line feed", stamped(lambda now: now + "\n"))
refuses("R2", "a timestamp of letters", stamped(lambda now: "yesterdaynoon"))
refuses("R2", "a timestamp in hexadecimal", stamped(lambda now: hex(int(now))))
refuses("R2", "a timestamp with decimals", stamped(lambda now: now + ".0"))
refuses("R2", "a timestamp with an exponent", stamped(lambda now: f"{now[0]}.{now[1:]}e12"))
refuses("R2", "a timestamp in full-width digits", stamped(lambda now: now.translate(FULL_WIDTH)))

accepts("R3", "a nonce of 128 characters", nonced(lambda: fresh_code().ljust(128, "n")))
accepts("R3", "a nonce with every visible ASCII character", nonced(lambda: VISIBLE_ASCII + fresh_code()))
refuses("R3", "a nonce of 129 characters", nonced(lambda: fresh_code().ljust(129, "n")))
refuses("R3", "a nonce with a blank", nonced(lambda: fresh_code() + " x"))
refuses("R3", "a nonce with a control character", nonced(lambda: fresh_code() + "\x7f"))
refuses("R3", "a nonce outside ASCII", nonced(lambda: fresh_code() + "é"))

refuses("R6", "a signature by another key", lambda seller, body: seller.token(body, key="another-key"))
refuses("R6", "a signature by an empty key", lambda seller, body: seller.token(body, key=""))
refuses("R6", "a signature of another body", lambda seller, body: seller.token(body + b" "))
refuses("R6", "a nonce that was not signed", altered("nonce", lambda nonce: nonce + "x"))
refuses("R6", "a timestamp that was not signed", altered("timestamp", lambda timestamp: str(int(timestamp) - 1)))
refuses("R7", "a signature of 63 digits", altered("signature", lambda signature: signature[:63]))
refuses("R7", "a signature of 65 digits", altered("signature", lambda signature: signature + "0"))
refuses("R7", "a signature with a letter that is no hex", altered("signature", lambda signature: signature[:63] + "G"))
refuses("R7", "a signature outside ASCII", altered("signature", lambda signature: signature[:63] + "é"))
for name in NAMES:
    refuses("R7", f"an empty {name}", altered(name, lambda value: ""))
    refuses("R7", f"a missing {name}", lambda seller, body, name=name: without_parameter(seller.token(body), name))
    refuses("R7", f"a doubled {name}", lambda seller, body, name=name: doubled_parameter(seller.token(body), name))
refuses("R7", "no token at all", lambda seller, body: [])


@RULES.check("R3", "a token used a second time is refused")
def replay(seller: Seller) -> None:
    body = compact(renewal(fresh_code()))
    query = seller.token(body)
    expect(seller.post(body, query).code, SUCCESS)
    expect_refused(seller.post(body, query))


@RULES.check("R3", "a nonce used a second time with another timestamp is refused")
def reused_nonce(seller: Seller) -> None:
    body, nonce = compact(renewal(fresh_code())), fresh_code()
    expect(seller.post(body, seller.token(body, nonce=nonce)).code, SUCCESS)
    expect_refused(seller.post(body, seller.token(body, nonce=nonce, timestamp=str(now_ms() + 1000))))


@RULES.check("R3", "a token replayed with its signature in the other case is refused")
def replay_in_lower_case(seller: Seller) -> None:
    body = compact(renewal(fresh_code()))
    query = seller.token(body)
    expect(seller.post(body, query).code, SUCCESS)
    expect_refused(seller.post(body, with_parameter(query, "signature", dict(query)["signature"].lower())))


@RULES.check("R3", "one token 30 times at once answers one 000000 and 29 000001")
def parallel_replay(seller: Seller) -> None:
    body = compact(renewal(fresh_code()))
    query = seller.token(body)
    answers = at_once(30, lambda: seller.post(body, query))
    expect(dict(Counter(answer.code for answer in answers)), {SUCCESS: 1, UNAUTHENTICATED: 29})
