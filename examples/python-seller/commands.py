"""How the members of a body become a command, or the answer where nothing is to be applied (R10 to R13)."""

import hashlib
import re
from datetime import datetime
from typing import Mapping, NamedTuple, Optional, Tuple, Union

from activities import ACTIVITIES, LICENSE_ACTIVITIES, MOCK_ORDERS, MOST_INSTANCES, STATUSES, Member
from answers import SUCCESS, Answer, illegal
from readings import Members, Number

LICENSES, INSTANCES = "licenses", "instances"


class Command(NamedTuple):
    activity: str
    kind: str
    # Several for a query, one for everything else.
    subjects: Tuple[str, ...]
    timestamp: int
    scene: str = ""
    order_id: str = ""
    order_line_id: str = ""
    expiry: Optional[str] = None
    status: str = ""

    @property
    def subject(self) -> str:
        return self.subjects[0]


def read_command(members: Mapping[str, object], timestamp: int) -> Union[Command, Answer]:
    activity = members.get("activity")
    documented = ACTIVITIES.get(activity) if type(activity) is str else None
    if documented is None:
        return illegal("activity is unknown")
    given = {name: members.get(name) for name in documented}
    fault = find_faults(activity, documented, given, members)
    if fault:
        return illegal(fault)
    # A number token is a str too, so that 1 and "1" are one value here, as R11 wants it.
    flag = members.get("testFlag")
    if flag not in (None, "", "0", "1"):
        return illegal("testFlag must be 0 or 1")
    subjects = read_subjects(activity, given)
    if flag == "1" or given.get("orderId") in MOCK_ORDERS:
        return debugging_answer(activity, subjects)
    return Command(
        activity=activity,
        kind=LICENSES if activity in LICENSE_ACTIVITIES else INSTANCES,
        subjects=subjects,
        timestamp=timestamp,
        scene=given.get("scene", ""),
        order_id=given.get("orderId") or "",
        order_line_id=given.get("orderLineId") or "",
        expiry=read_expiry(given.get("expireTime")),
        status=STATUSES.get(given.get("status"), ""),
    )


def find_faults(
    activity: str, documented: Mapping[str, Member], given: Mapping[str, object], members: Mapping[str, object]
) -> str:
    for name, member in documented.items():
        fault = find_fault(given[name], member)
        if fault:
            return f"{name} {fault}"
    if "expireTime" in documented and read_expiry(given["expireTime"]) is None:
        return "expireTime must be a date as yyyyMMddHHmmss"
    if activity == "queryInstance" and not is_id_list(str(given["instanceId"]).split(",")):
        return f"instanceId must be 1 to {MOST_INSTANCES} ids of 1 to 64 characters"
    if activity == "changeInstanceCheck" and not is_product(members.get("productInfo")):
        return "productInfo must be an object or a list of objects"
    return ""


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


def is_id_list(ids: list) -> bool:
    return len(ids) <= MOST_INSTANCES and all(1 <= len(each) <= 64 for each in ids)


def is_product(value: object) -> bool:
    if isinstance(value, Members):
        return True
    return isinstance(value, list) and bool(value) and all(isinstance(each, Members) for each in value)


def read_subjects(activity: str, given: Mapping[str, object]) -> Tuple[str, ...]:
    if activity == "newInstance":
        return (instance_id(str(given["orderId"]), str(given["orderLineId"])),)
    subject = str(given.get("license") or given.get("instanceId"))
    return tuple(subject.split(",")) if activity == "queryInstance" else (subject,)


def instance_id(order_id: str, order_line_id: str) -> str:
    """The same for the same order line, whoever asks and however often (R15)."""
    return "ins-" + hashlib.sha256(f"{order_id}\n{order_line_id}".encode()).hexdigest()[:32]


def debugging_answer(activity: str, subjects: Tuple[str, ...]) -> Answer:
    """What a debugging call gets, whatever it names; nothing is looked up or kept (R12)."""
    if activity == "newInstance":
        return SUCCESS._replace(more={"instanceId": subjects[0]})
    if activity == "queryInstance":
        return SUCCESS._replace(more={"info": [describe(each) for each in subjects]})
    return SUCCESS


def describe(instance: str) -> Mapping[str, object]:
    """What the store shows to the buyer of an instance."""
    return {
        "instanceId": instance,
        "appInfo": {"frontEndUrl": f"https://saas.example.com/{instance}", "userName": "admin"},
    }


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
