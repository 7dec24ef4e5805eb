"""Checks of what callbacks do to a code when the store retries, repeats and reorders: R15 to R19."""

from itertools import permutations

from callbacks import cancellation, fresh_code, now_ms, release, renewal, status_change
from checks import (
    NO_SUCH_LICENSE,
    SUCCESS,
    Rules,
    apply,
    at_once,
    expect,
    expect_each,
    expect_illegal,
    expect_license,
    expect_unknown,
)
from seller import Seller

RULES = Rules()

IN_2029, IN_2030, IN_2031 = "20290101000000", "20300101000000", "20310101000000"


@RULES.check("R15", "a repeat of a renewal answers 000000")
def repeat(seller: Seller) -> None:
    line = renewal(fresh_code())
    apply(seller, line, line, line)


@RULES.check("R15", "a repeat changes nothing, also after a later order")
def repeat_changes_nothing(seller: Seller) -> None:
    code = fresh_code()
    line = renewal(code, IN_2031)
    apply(seller, line, cancellation(code, IN_2030), line)
    expect_license(seller, code, "ACTIVE", IN_2030)


@RULES.check("R15", "an order line repeated with another expiry is 000002 and names expireTime")
def other_expiry(seller: Seller) -> None:
    line = renewal(fresh_code(), IN_2030)
    apply(seller, line)
    expect_illegal(seller.call({**line, "expireTime": IN_2031}), "expireTime")


@RULES.check("R15", "an order line repeated with another license is 000002 and names license")
def other_license(seller: Seller) -> None:
    line = renewal(fresh_code())
    apply(seller, line)
    expect_illegal(seller.call({**line, "license": fresh_code()}), "license")


@RULES.check("R15", "a conflict has no effect, and the order line keeps its first meaning")
def conflict_has_no_effect(seller: Seller) -> None:
    code, other = fresh_code(), fresh_code()
    line = renewal(code, IN_2030)
    apply(seller, line)
    expect_illegal(seller.call({**line, "expireTime": IN_2031}), "expireTime")
    expect_illegal(seller.call({**line, "license": other}), "license")
    apply(seller, line)
    expect_license(seller, code, "ACTIVE", IN_2030)
    expect_unknown(seller, other)


@RULES.check("R15", "the same ids in another scene, or another line of the order, are another order line")
def other_lines(seller: Seller) -> None:
    code = fresh_code()
    line = renewal(code, IN_2031)
    apply(
        seller,
        line,
        {**line, "scene": "UNSUBSCRIBE_RENEWAL_PERIOD", "expireTime": IN_2029},
        {**line, "orderLineId": "second", "expireTime": IN_2030},
    )
    expect_license(seller, code, "ACTIVE", IN_2030)


@RULES.check("R15", "an order line that was refused is decided anew")
def refused_line(seller: Seller) -> None:
    line = renewal(fresh_code())
    expect_illegal(seller.call({**line, "expireTime": "20300230000000"}), "expireTime")
    apply(seller, line)


@RULES.check("R15", "one renewal 50 times at once, each with a fresh token, answers 000000 each time")
def parallel_repeat(seller: Seller) -> None:
    line = renewal(fresh_code())
    expect_each(at_once(50, lambda: seller.call(line)), SUCCESS)


@RULES.check("R15", "a status or a release that is set again answers 000000")
def set_again(seller: Seller) -> None:
    code = fresh_code()
    freeze, unfreeze = status_change(code, "FREEZE"), status_change(code, "UNFREEZE")
    apply(seller, freeze, freeze, unfreeze, unfreeze, release(code), release(code))


def leads_to(says: str, expiry: str, *changes: tuple) -> None:
    """Changes of the expiry, each by an order of its own, as (scene, expiry)."""

    @RULES.check("R16", says)
    def run(seller: Seller) -> None:
        code = fresh_code()
        apply(seller, *(renewal(code, given, scene) for scene, given in changes))
        expect_license(seller, code, "ACTIVE", expiry)


CANCEL, TRIAL = "UNSUBSCRIBE_RENEWAL_PERIOD", "TRIAL_TO_FORMAL"

leads_to("a renewal takes the later expiry", IN_2031, ("RENEWAL", IN_2030), ("RENEWAL", IN_2031))
leads_to("a renewal does not shorten", IN_2031, ("RENEWAL", IN_2031), ("RENEWAL", IN_2030))
leads_to("RENEWAL_CHANGE takes the later expiry", IN_2031, ("RENEWAL", IN_2030), ("RENEWAL_CHANGE", IN_2031))
leads_to("RENEWAL_CHANGE does not shorten", IN_2031, ("RENEWAL", IN_2031), ("RENEWAL_CHANGE", IN_2030))
leads_to("a cancellation takes the earlier expiry", IN_2030, ("RENEWAL", IN_2031), (CANCEL, IN_2030))
leads_to("a cancellation does not extend", IN_2030, ("RENEWAL", IN_2030), (CANCEL, IN_2031))
leads_to("TRIAL_TO_FORMAL extends", IN_2031, (TRIAL, IN_2030), (TRIAL, IN_2031))
leads_to("TRIAL_TO_FORMAL shortens", IN_2030, (TRIAL, IN_2031), (TRIAL, IN_2030))
leads_to("TRIAL_TO_FORMAL after a renewal leaves its expiry", IN_2031, ("RENEWAL", IN_2031), (TRIAL, IN_2030))


def commutes(says: str, scene: str, expiry: str) -> None:
    @RULES.check("R16", says)
    def run(seller: Seller) -> None:
        for order in permutations((IN_2029, IN_2030, IN_2031)):
            code = fresh_code()
            apply(seller, *(renewal(code, given, scene) for given in order))
            expect_license(seller, code, "ACTIVE", expiry)


commutes("renewals lead to the same expiry in every order", "RENEWAL", IN_2031)
commutes("cancellations lead to the same expiry in every order", CANCEL, IN_2029)


@RULES.check("R17", "a renewed code stays frozen until UNFREEZE")
def renewed_while_frozen(seller: Seller) -> None:
    code = fresh_code()
    apply(seller, renewal(code, IN_2030), status_change(code, "FREEZE"), renewal(code, IN_2031))
    expect_license(seller, code, "FROZEN", IN_2031)
    apply(seller, status_change(code, "UNFREEZE"))
    expect_license(seller, code, "ACTIVE", IN_2031)


def ignores_older(earlier: str, later: str, status: str) -> None:
    @RULES.check("R17", f"a late {earlier} does not undo a newer {later}")
    def run(seller: Seller) -> None:
        code, now = fresh_code(), now_ms()
        apply(seller, status_change(code, later))
        late = seller.call(status_change(code, earlier), timestamp=str(now - 30_000))
        expect(late.code, SUCCESS)
        expect_license(seller, code, status)


ignores_older("FREEZE", "UNFREEZE", "ACTIVE")
ignores_older("UNFREEZE", "FREEZE", "FROZEN")


@RULES.check("R18", "after the release, release and FREEZE answer 000000")
def after_release(seller: Seller) -> None:
    code = fresh_code()
    apply(seller, renewal(code), release(code), release(code), status_change(code, "FREEZE"))


@RULES.check("R18", "after the release, an order line applied before answers 000000")
def applied_line_after_release(seller: Seller) -> None:
    code = fresh_code()
    line = renewal(code)
    apply(seller, line, release(code), line)


@RULES.check("R18", "after the release, a new order line and UNFREEZE answer 000003, each time")
def new_line_after_release(seller: Seller) -> None:
    code = fresh_code()
    line = renewal(code)
    apply(seller, release(code))
    expect_each(map(seller.call, (line, line, status_change(code, "UNFREEZE"))), NO_SUCH_LICENSE)


@RULES.check("R18", "a release is final")
def release_is_final(seller: Seller) -> None:
    code = fresh_code()
    line = renewal(code, IN_2030)
    apply(seller, line, release(code))
    for later in (line, renewal(code, IN_2031), status_change(code, "FREEZE"), status_change(code, "UNFREEZE")):
        seller.call(later)
    expect_license(seller, code, "RELEASED")


@RULES.check("R19", "a code seen for the first time is adopted by each activity")
def adoption(seller: Seller) -> None:
    apply(
        seller,
        renewal(fresh_code()),
        status_change(fresh_code(), "FREEZE"),
        status_change(fresh_code(), "UNFREEZE"),
        release(fresh_code()),
    )


@RULES.check("R19", "an adopted code has the state its first callback gave it")
def adopted_state(seller: Seller) -> None:
    renewed, cancelled, frozen, unfrozen, released = (fresh_code() for _ in range(5))
    apply(seller, renewal(renewed, IN_2030), cancellation(cancelled, IN_2029))
    apply(seller, status_change(frozen, "FREEZE"), status_change(unfrozen, "UNFREEZE"), release(released))
    expect_license(seller, renewed, "ACTIVE", IN_2030)
    expect_license(seller, cancelled, "ACTIVE", IN_2029)
    expect_license(seller, frozen, "FROZEN")
    expect_license(seller, unfrozen, "ACTIVE")
    expect_license(seller, released, "RELEASED")
