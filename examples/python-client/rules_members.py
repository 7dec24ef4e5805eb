"""Checks of the members every callback has to have, and of those it need not have: R10."""

from callbacks import Members, compact, fresh_code, release, renewal, status_change
from checks import (
    ILLEGAL,
    SUCCESS,
    Rules,
    apply,
    expect,
    expect_illegal,
    expect_license,
)
from seller import Seller

RULES = Rules()

MANDATORY = {
    "refreshLicenseCode": {"scene": 64, "orderId": 64, "orderLineId": 64, "license": 64, "expireTime": 20},
    "updateLicenseCodeStatus": {"license": 64, "status": 32},
    "releaseLicenseCode": {"license": 64},
}
OPTIONAL = {
    "refreshLicenseCode": {"productId": 64},
    "releaseLicenseCode": {"orderId": 64, "orderLineId": 64},
}
NOT_STRINGS = (5, 20300101000000, True, [], ["x"], {}, {"x": 1})
TWO_UNITS = "\U0001f511"


def documented(activity: str) -> Members:
    code = fresh_code()
    made = {
        "refreshLicenseCode": renewal(code),
        "updateLicenseCodeStatus": status_change(code, "FREEZE"),
        "releaseLicenseCode": release(code),
    }
    return made[activity]


def checks_mandatory(activity: str, name: str) -> None:
    @RULES.check("R10", f"{activity} with {name} missing, null or empty is 000002 and names it")
    def absent(seller: Seller) -> None:
        members = documented(activity)
        for faulty in ({**members, name: None}, {**members, name: ""}, {k: v for k, v in members.items() if k != name}):
            expect_illegal(seller.call(faulty), name)


def checks_form(activity: str, name: str, longest: int) -> None:
    @RULES.check("R10", f"{activity} with {name} that is no string is 000002 and names it")
    def wrong_type(seller: Seller) -> None:
        for value in NOT_STRINGS:
            expect_illegal(seller.call({**documented(activity), name: value}), name)

    @RULES.check("R10", f"{activity} with {name} of {longest + 1} characters is 000002 and names it")
    def too_long(seller: Seller) -> None:
        expect_illegal(seller.call({**documented(activity), name: "2" * (longest + 1)}), name)


for activity, members in MANDATORY.items():
    for name, longest in members.items():
        checks_mandatory(activity, name)
        checks_form(activity, name, longest)
for activity, members in OPTIONAL.items():
    for name, longest in members.items():
        checks_form(activity, name, longest)


@RULES.check("R10", "a missing, null or empty activity, or one that is no string, is 000002")
def no_activity(seller: Seller) -> None:
    for value in (None, "", *NOT_STRINGS):
        expect(seller.call({**renewal(fresh_code()), "activity": value}).code, ILLEGAL)
    expect(seller.call({"license": fresh_code()}).code, ILLEGAL)


@RULES.check("R10", "members of the greatest length are accepted")
def greatest_length(seller: Seller) -> None:
    longest = {name: fresh_code().ljust(64, "x") for name in ("license", "orderId", "orderLineId", "productId")}
    apply(seller, {**renewal(fresh_code()), **longest})


@RULES.check("R10", "64 UTF-16 code units are accepted and 65 refused, whatever the characters")
def code_units(seller: Seller) -> None:
    sixty_four = fresh_code() + TWO_UNITS * 23
    apply(seller, renewal(fresh_code(), orderId=sixty_four))
    expect_illegal(seller.call(renewal(fresh_code(), orderId=sixty_four + "x")), "orderId")


@RULES.check("R10", "an optional member that is null counts as absent")
def optional_null(seller: Seller) -> None:
    apply(
        seller,
        renewal(fresh_code(), productId=None, testFlag=None),
        release(fresh_code(), orderId=None, orderLineId=None),
    )


@RULES.check("R10", "an unknown scene and an unknown status are 000002 and named")
def outside_enumeration(seller: Seller) -> None:
    for scene in ("renewal", "RENEWAL ", "PURCHASE", "toString"):
        expect_illegal(seller.call(renewal(fresh_code(), scene=scene)), "scene")
    for status in ("freeze", "FREEZE ", "EXPIRED", "toString"):
        expect_illegal(seller.call(status_change(fresh_code(), status)), "status")


UNKNOWN_MEMBERS = {
    "an unknown member": '"x":"y"',
    "a member __proto__": '"__proto__":{"status":"FREEZE","testFlag":"1"}',
    "a member constructor": '"constructor":{"prototype":{"testFlag":"1"}}',
    "an unknown member 200 levels deep": '"x":' + '{"x":[' * 100 + "]}" * 100,
    "a number beyond double": '"x":1e999,"y":-1E+400,"z":' + "9" * 400,
    "half of a surrogate pair": '"x":"\\ud83d","\\udc00":1',
}


def ignores(says: str, member: str) -> None:
    @RULES.check("R10", f"{says} is ignored")
    def run(seller: Seller) -> None:
        code = fresh_code()
        body = compact(renewal(code))[:-1] + b"," + member.encode("utf-8") + b"}"
        expect(seller.post(body, seller.token(body)).code, SUCCESS)
        if seller.observable:
            expect_license(seller, code, "ACTIVE", "20300101000000")


for says, member in UNKNOWN_MEMBERS.items():
    ignores(says, member)
