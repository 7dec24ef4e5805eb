"""The activities of License codes and of SaaS: their members, as the pages tabulate them (R10, R14)."""

from typing import Dict, NamedTuple, Optional

CANCELLATION = "UNSUBSCRIBE_RENEWAL_PERIOD"
TRIAL_TO_FORMAL = "TRIAL_TO_FORMAL"
RENEWALS = ("RENEWAL", "RENEWAL_CHANGE")

FREEZE, UNFREEZE = "FREEZE", "UNFREEZE"
STATUSES = {"FREEZE": FREEZE, "FROZEN": FREEZE, "UNFREEZE": UNFREEZE, "UNFROZEN": UNFREEZE}

MOST_INSTANCES = 100

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


ORDER = {"orderId": Member(64), "orderLineId": Member(64)}
OPTIONAL_ORDER = {"orderId": Member(64, mandatory=False), "orderLineId": Member(64, mandatory=False)}
REFRESH = {
    **ORDER,
    "scene": Member(64, values=(*RENEWALS, CANCELLATION, TRIAL_TO_FORMAL)),
    "productId": Member(64, mandatory=False),
    "expireTime": Member(20),
}
STATUS = {"status": Member(32, values=tuple(STATUSES))}
LICENSE = {"license": Member(64)}
INSTANCE = {"instanceId": Member(64)}

LICENSE_ACTIVITIES: Dict[str, Dict[str, Member]] = {
    "refreshLicenseCode": {**LICENSE, **REFRESH},
    "updateLicenseCodeStatus": {**LICENSE, **STATUS},
    "releaseLicenseCode": {**LICENSE, **OPTIONAL_ORDER},
}

# The productInfo of a change check has no documented structure; a command reads it by itself.
SAAS_ACTIVITIES: Dict[str, Dict[str, Member]] = {
    "newInstance": {**ORDER, "businessId": Member(64)},
    "queryInstance": {"instanceId": Member(MOST_INSTANCES * 65 - 1)},
    "refreshInstance": {**INSTANCE, **REFRESH},
    "updateInstanceStatus": {**INSTANCE, **STATUS},
    "releaseInstance": {**INSTANCE, **OPTIONAL_ORDER},
    "upgradeInstance": {**INSTANCE, **ORDER},
    "changeInstanceCheck": INSTANCE,
}

ACTIVITIES = {**LICENSE_ACTIVITIES, **SAAS_ACTIVITIES}


def ring_of(activity: str) -> str:
    """The class of interfaces whose key signs an activity (R6)."""
    return "license" if activity in LICENSE_ACTIVITIES else "base"
