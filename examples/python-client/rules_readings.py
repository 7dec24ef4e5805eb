"""Checks of the two readings of a payload: R4, and R5 on doubled members."""

from callbacks import fresh_code
from checks import ILLEGAL, SUCCESS, Rules, expect, expect_refused, expect_unknown
from seller import Seller

RULES = Rules()

SORTED = '{"activity":"updateLicenseCodeStatus","license":"CODE","status":"FREEZE"%s}'
UNSORTED = '{ "status": "FREEZE",\r\n\t"license": "CODE", %s "activity": "updateLicenseCodeStatus" }'

# What is sent within UNSORTED, and what of it the sorted payload holds at its end.
SHAPES = {
    "unsorted members and white space": ("", ""),
    "a null member": ('"orderId": null,', ""),
    "nested members out of order and a nested null": (
        '"z": {"b": [ {"d": 1, "c": null} ], "a": {}},',
        ',"z":{"b":[{"d":1,"c":null}],"a":{}}',
    ),
    "nested names that look like numbers": ('"z": {"10": 1, "9": 2},', ',"z":{"10":1,"9":2}'),
    "numbers as nobody rewrites them": (
        '"z": [1.0, 1E5, -0, 0.10, 12345678901234567890, 1e999],',
        ',"z":[1.0,1E5,-0,0.10,12345678901234567890,1e999]',
    ),
    "strings escaped more than needed": (
        '"z": "\\u0041\\/\\u00e9\\u001F\\u000a\\u2028\\ud83d\\ude00",',
        ',"z":"A/é\\u001f\\n\u2028\U0001f600"',
    ),
    "half of a surrogate pair": ('"z": "\\uD83D",', ',"z":"\\ud83d"'),
    "names that sort by UTF-16 and not by code point": (
        '"～": 1, "\U0001f600": 2,',
        ',"\U0001f600":2,"～":1',
    ),
    "a member __proto__": ('"z": {"__proto__": 1},', ',"z":{"__proto__":1}'),
}


def accepts_both_readings(says: str, sent_member: str, sorted_member: str) -> None:
    @RULES.check("R4", f"a body with {says}, signed as received, is accepted")
    def raw(seller: Seller) -> None:
        sent = with_code(UNSORTED % sent_member, fresh_code())
        expect(seller.post(sent, seller.token(sent)).code, SUCCESS)

    @RULES.check("R4", f"a body with {says}, signed sorted, is accepted")
    def sorted_(seller: Seller) -> None:
        code = fresh_code()
        sent = with_code(UNSORTED % sent_member, code)
        signed = with_code(SORTED % sorted_member, code)
        expect(seller.post(sent, seller.token(signed)).code, SUCCESS)


def with_code(body: str, code: str) -> bytes:
    return body.replace("CODE", code).encode("utf-8")


for says, (sent_member, sorted_member) in SHAPES.items():
    accepts_both_readings(says, sent_member, sorted_member)


@RULES.check("R4", "top-level names that look like numbers, signed sorted as text, are accepted")
def number_names(seller: Seller) -> None:
    code = fresh_code()
    sent = with_code(UNSORTED % '"9": 1, "10": 2,', code)
    signed = with_code((SORTED % "").replace("{", '{"10":2,"9":1,'), code)
    expect(seller.post(sent, seller.token(signed)).code, SUCCESS)


@RULES.check("R4", "a body signed with its members in reverse is refused")
def reversed_members(seller: Seller) -> None:
    code = fresh_code()
    sent = with_code(SORTED % "", code)
    signed = f'{{"status":"FREEZE","license":"{code}","activity":"updateLicenseCodeStatus"}}'.encode("utf-8")
    expect_refused(seller.post(sent, seller.token(signed)))


def refuses_doubled(says: str, member: str) -> None:
    @RULES.check("R5", f"{says} is 000002")
    def run(seller: Seller) -> None:
        code = fresh_code()
        sent = with_code(SORTED % member, code)
        expect(seller.post(sent, seller.token(sent)).code, ILLEGAL)
        if seller.observable:
            expect_unknown(seller, code)


refuses_doubled("a doubled member with two values", ',"status":"UNFREEZE"')
refuses_doubled("a doubled member with one value", ',"license":"CODE"')
refuses_doubled("a doubled activity", ',"activity":"releaseLicenseCode"')
refuses_doubled("a member doubled under an escape", ',"stat\\u0075s":"FREEZE"')
refuses_doubled("a doubled unknown member", ',"x":1,"x":1')
refuses_doubled("a member doubled deep inside", ',"x":[{"y":{"z":1,"z":2}}]')
refuses_doubled("a doubled __proto__", ',"__proto__":1,"__proto__":1')
