"""Checks of the values with a meaning of their own, testFlag, expireTime and status: R11 to R14."""

from callbacks import compact, fresh_code, release, renewal, status_change
from checks import (
    SUCCESS,
    Rules,
    apply,
    expect_each,
    expect_illegal,
    expect_license,
    expect_refused,
    expect_unknown,
)
from seller import Seller

RULES = Rules()


@RULES.check("R11", 'testFlag "0", 0, empty or absent is real traffic')
def real_traffic(seller: Seller) -> None:
    for flag in ({"testFlag": "0"}, {"testFlag": 0}, {"testFlag": ""}, {}):
        code = fresh_code()
        apply(seller, renewal(code, **flag))
        expect_license(seller, code, "ACTIVE", "20300101000000")


@RULES.check("R11", 'testFlag "1" or 1 leaves no state')
def debugging_traffic(seller: Seller) -> None:
    for flag in ("1", 1):
        code = fresh_code()
        apply(
            seller,
            renewal(code, testFlag=flag),
            status_change(code, "FREEZE", testFlag=flag),
            release(code, testFlag=flag),
        )
        expect_unknown(seller, code)


@RULES.check("R11", "any other testFlag is 000002 and named")
def other_flags(seller: Seller) -> None:
    for flag in ("2", 2, -1, "01", "true", True, False, " 1", [], ["1"], {}):
        expect_illegal(seller.call(renewal(fresh_code(), testFlag=flag)), "testFlag")


@RULES.check("R12", "debugging a released code answers 000000")
def debugging_released(seller: Seller) -> None:
    code = fresh_code()
    apply(
        seller,
        release(code),
        renewal(code, testFlag="1"),
        status_change(code, "UNFREEZE", testFlag="1"),
        release(code, testFlag="1"),
    )


@RULES.check("R12", "debugging answers 000000 again and again, also for an order line that meant something else")
def debugging_conflict(seller: Seller) -> None:
    applied = renewal(fresh_code())
    debugging = {**applied, "license": fresh_code(), "testFlag": "1"}
    apply(seller, applied, debugging, debugging, {**debugging, "expireTime": "20310101000000"})


@RULES.check("R12", "a MOCK order is debugging, whatever its testFlag")
def mock_orders(seller: Seller) -> None:
    code = fresh_code()
    mock = renewal(code, orderId="MOCKMONTYRENEW", orderLineId="MOCKMONTYRENEW-000001", testFlag="0")
    apply(seller, release(code), mock, {**mock, "expireTime": "20310101000000"})


@RULES.check("R12", "debugging traffic still has its token and its members checked")
def debugging_is_checked(seller: Seller) -> None:
    debugging = renewal(fresh_code(), testFlag="1")
    body = compact(debugging)
    expect_refused(seller.post(body, seller.token(body, key="another-key")))
    expect_illegal(seller.call({**debugging, "expireTime": "20300230000000"}), "expireTime")


@RULES.check("R13", "an expireTime of 14 or 17 digits is accepted, a leap day too")
def dates(seller: Seller) -> None:
    apply(seller, *(renewal(fresh_code(), date) for date in ("20301231235959", "20301231235959999", "20280229000000")))


@RULES.check("R13", "an expireTime is taken as UTC, to the millisecond")
def dates_in_state(seller: Seller) -> None:
    for date in ("20301231235959", "20301231235959987", "20280229120000"):
        code = fresh_code()
        apply(seller, renewal(code, date))
        expect_license(seller, code, "ACTIVE", date)


IMPOSSIBLE_DATES = {
    "on 30 February": "20300230000000",
    "on 29 February of a common year": "20300229000000",
    "on day 0": "20300100000000",
    "in month 13": "20301301000000",
    "in month 0": "20300001000000",
    "at hour 25": "20300101250000",
    "at minute 60": "20300101006000",
    "of 12 digits": "203001010000",
    "of 13 digits": "2030010100000",
    "of 15 digits": "203001010000001",
    "of 18 digits": "203001010000001234",
    "with a sign": "+2030010100000",
    "with a blank": "20300101 000000",
    "in ISO 8601": "2030-01-01T00:00:00",
    "of letters": "tomorrow",
    "in full-width digits": "２０３００１０１００００００",
}


def refuses_date(says: str, date: str) -> None:
    @RULES.check("R13", f"an expireTime {says} is 000002 and named")
    def run(seller: Seller) -> None:
        expect_illegal(seller.call(renewal(fresh_code(), date)), "expireTime")


for says, date in IMPOSSIBLE_DATES.items():
    refuses_date(says, date)


@RULES.check("R14", "FREEZE, UNFREEZE, FROZEN and UNFROZEN are accepted")
def status_words(seller: Seller) -> None:
    expect_each(
        (seller.call(status_change(fresh_code(), word)) for word in ("FREEZE", "UNFREEZE", "FROZEN", "UNFROZEN")),
        SUCCESS,
    )


@RULES.check("R14", "FROZEN freezes and UNFROZEN unfreezes")
def status_variants(seller: Seller) -> None:
    code = fresh_code()
    apply(seller, status_change(code, "FROZEN"))
    expect_license(seller, code, "FROZEN")
    apply(seller, status_change(code, "UNFROZEN"))
    expect_license(seller, code, "ACTIVE")
