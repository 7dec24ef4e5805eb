"""What a check is, what it may expect, and how a run of them is reported."""

from datetime import datetime
from threading import Barrier, Thread
from typing import Callable, Iterable, List, NamedTuple, Optional

from callbacks import Members
from seller import AdminFailed, Answer, License, NotObservable, Seller, read_instant

SUCCESS = "000000"
UNAUTHENTICATED = "000001"
ILLEGAL = "000002"
NO_SUCH_LICENSE = "000003"


class Check(NamedTuple):
    ruling: str
    says: str
    run: Callable[[Seller], None]


class Unmet(Exception):
    """An expectation that did not hold."""

    def __init__(self, expected: object, got: object) -> None:
        super().__init__(f"expected {expected} got {got}")


class Rules(List[Check]):
    """The checks of one module, in the order in which they are written."""

    def check(self, ruling: str, says: str) -> Callable[[Callable[[Seller], None]], Callable[[Seller], None]]:
        def register(run: Callable[[Seller], None]) -> Callable[[Seller], None]:
            self.append(Check(ruling, says, run))
            return run

        return register


def expect(got: object, expected: object) -> None:
    if got != expected:
        raise Unmet(expected, got)


def expect_each(answers: Iterable[Answer], expected: str) -> None:
    for answer in answers:
        expect(answer.code, expected)


def expect_illegal(answer: Answer, member: str) -> None:
    """R10 and R15: the refusal names the member it is about."""
    expect(answer.code, ILLEGAL)
    if member not in answer.message:
        raise Unmet(f"resultMsg to name {member}", repr(answer.message))


def expect_refused(answer: Answer) -> None:
    """R7 leaves the choice between two codes to the seller."""
    if answer.code not in (UNAUTHENTICATED, ILLEGAL):
        raise Unmet(f"{UNAUTHENTICATED} or {ILLEGAL}", answer.code)


def expect_license(seller: Seller, code: str, status: str, expire_time: Optional[str] = None) -> None:
    """`expire_time` is as a callback carries it; without one the expiry is left alone."""
    known = seller.license(code)
    if known is None:
        raise Unmet(status, "an unknown code")
    expect(known.status, status)
    if expire_time is not None:
        expect(known, License(status, instant(expire_time)))


def expect_unknown(seller: Seller, code: str) -> None:
    known = seller.license(code)
    if known is not None:
        raise Unmet("an unknown code", known.status)


def instant(expire_time: str) -> datetime:
    year, month, day, hour, minute, second = (
        expire_time[at:end] for at, end in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))
    )
    ms = expire_time[14:] or "000"
    return read_instant(f"{year}-{month}-{day}T{hour}:{minute}:{second}.{ms}+00:00")


def apply(seller: Seller, *callbacks: Members) -> None:
    """Send callbacks one after the other; each must succeed."""
    expect_each(map(seller.call, callbacks), SUCCESS)


def at_once(times: int, send: Callable[[], Answer]) -> List[Answer]:
    """The answers to `times` sendings that leave together."""
    answers: List[Answer] = []
    start = Barrier(times)

    def sender() -> None:
        start.wait()
        answers.append(send())

    threads = [Thread(target=sender) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def run_all(seller: Seller, checks: Iterable[Check]) -> int:
    """Print a line for each check and one with the counts; return how many failed."""
    held = failed = unseen = 0
    for ruling, says, run in checks:
        try:
            run(seller)
            held += 1
            print(f"ok   {ruling:<3} {says}", flush=True)
        except NotObservable:
            unseen += 1
            print(f"--   not observable: {ruling} {says}", flush=True)
        except (Unmet, AdminFailed) as why:
            failed += 1
            print(f"FAIL {ruling:<3} {says}  {why}", flush=True)
    print(f"{held} ok, {failed} failed, {unseen} not observable", flush=True)
    return failed
