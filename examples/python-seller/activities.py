"""The three License activities: their members, and how a body becomes a command (R10 to R14)."""

import re
from datetime import datetime
from typing import Dict, Mapping, NamedTuple, Optional, Union

from answers import SUCCESS, Answer, illegal
from readings import Number

CANCELLATION = "UNSUBSCRIBE_RENEWAL_PERIOD"
TRIAL_TO_FORMAL = "TRIAL_TO_FORMAL"
RENEWALS = ("RENEWAL", "RENEWAL_CHANGE")

FREEZE, UNFREEZE = "FREEZE", "UNFREEZE"
STATUSES = {"FREEZE": FREEZE, "FROZEN": FREEZE, "UNFREEZE": UNFREEZE, "UNFROZEN": UNFREEZE}

MOCK_ORDERS = (
    "MOCKPERIODYEARNEW",
    "MOCKONETIMENEW",
    "MOCKONDEMAND",
    "MOCKONDEMANDPKG",
    "MOCKPERIODDAYTRIAL",
    "MOCKMONTYTRIALTOFORMAL",
    "MOCKMONTYUNSUBSCRIBE",
    "MOCKMONTYRENEW",
    "MOCKMONTYCHANGE",
)


class Member(NamedTuple):
    longest: int
    mandatory: bool = True
    values: Optional[tuple] = None


ACTIVITIES: Dict[str, Dict[str, Member]] = {
    "refreshLicenseCode": {
        "scene": Member(64, values=(*RENEWALS, CANCELLATION, TRIAL_TO_FORMAL)),
        "orderId": Member(64),
        "orderLineId": Member(64),
        "license": Member(64),
        "productId": Member(64, mandatory=False),
        "expireTime": Member(20),
    },
    "updateLicenseCodeStatus": {
        "license": Member(64),
        "status": Member(32, values=tuple(STATUSES)),
    },
    "releaseLicenseCode": {
        "license": Member(64),
        "orderId": Member(64, mandatory=False),
        "orderLineId": Member(64, mandatory=False),
    },
}


class Command(NamedTuple):
    activity: str
    license: str
    timestamp: int
    scene: str = ""
    order_id: str = ""
    order_line_id: str = ""
    expiry: Optional[str] = None
    status: str = ""


def read_command(members: Mapping[str, object], timestamp: int) -> Union[Command, Answer]:
    """What the ledger has to apply, or the answer where nothing is to be applied."""
    activity = members.get("activity")
    documented = ACTIVITIES.get(activity) if type(activity) is str else None
    if documented is None:
        return illegal("activity is unknown")
    given = {name: members.get(name) for name in documented}
    for name, member in documented.items():
        fault = find_fault(given[name], member)
        if fault:
            return illegal(f"{name} {fault}")
    expiry = read_expiry(given.get("expireTime"))
    if "expireTime" in documented and expiry is None:
        return illegal("expireTime must be a date as yyyyMMddHHmmss")
    # A number token is a str too, so that 1 and "1" are one value here, as R11 wants it.
    flag = members.get("testFlag")
    if flag not in (None, "", "0", "1"):
        return illegal("testFlag must be 0 or 1")
    if flag == "1" or given.get("orderId") in MOCK_ORDERS:
        return SUCCESS
    return Command(
        activity=activity,
        license=given["license"],
        timestamp=timestamp,
        scene=given.get("scene", ""),
        order_id=given.get("orderId") or "",
        order_line_id=given.get("orderLineId") or "",
        expiry=expiry,
        status=STATUSES.get(given.get("status"), ""),
    )


def find_fault(value: object, member: Member) -> str:
    if value is None or value == "":
        return "is missing or empty" if member.mandatory else ""
    if not isinstance(value, str) or isinstance(value, Number):
        return "must be a string"
    try:
        code_units = len(value.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        return "holds half of a surrogate pair"
    if code_units > member.longest:
        return f"is longer than {member.longest}"
    if member.values and value not in member.values:
        return "has none of the documented values"
    return ""


def read_expiry(text: object) -> Optional[str]:
    """The expiry as 17 digits of UTC, which sort by time; None if it is no date (R13)."""
    digits = text if isinstance(text, str) else ""
    if not re.fullmatch("[0-9]{14}([0-9]{3})?", digits):
        return None
    try:
        datetime(int(digits[:4]), *(int(digits[at : at + 2]) for at in range(4, 14, 2)))
    except ValueError:
        return None
    return digits.ljust(17, "0")
