"""What a command makes of a License code; pure, so that it can be reasoned about order by order (R15 to R19)."""

from typing import NamedTuple, Optional, Tuple

from activities import CANCELLATION, FREEZE, RENEWALS, TRIAL_TO_FORMAL, UNFREEZE, Command
from answers import NO_SUCH_LICENSE, SUCCESS, Answer, illegal

ACTIVE, FROZEN, RELEASED = "ACTIVE", "FROZEN", "RELEASED"


class License(NamedTuple):
    """A code as first seen is active and without an expiry: the store does not announce codes (R19)."""

    status: str = ACTIVE
    expiry: Optional[str] = None
    renewed: bool = False
    status_timestamp: int = 0


class OrderLine(NamedTuple):
    """What an order line meant when it was applied."""

    license: str
    expireTime: str


def decide(license: License, command: Command, applied: Optional[OrderLine]) -> Tuple[License, Answer]:
    if command.activity == "refreshLicenseCode":
        return refresh(license, command, applied)
    if command.activity == "updateLicenseCodeStatus":
        return change_status(license, command)
    return license._replace(status=RELEASED), SUCCESS


def refresh(license: License, command: Command, applied: Optional[OrderLine]) -> Tuple[License, Answer]:
    if applied:
        return license, answer_repeat(applied, OrderLine(command.license, command.expiry))
    if license.status == RELEASED:
        return license, NO_SUCH_LICENSE
    # R17: the status is not touched, a frozen code waits for UNFREEZE.
    return license._replace(
        expiry=expiry_after(license, command),
        renewed=license.renewed or command.scene in RENEWALS,
    ), SUCCESS


def answer_repeat(applied: OrderLine, repeated: OrderLine) -> Answer:
    for name, before, now in zip(OrderLine._fields, applied, repeated):
        if before != now:
            return illegal(f"{name} differs from what this order line was applied with")
    return SUCCESS


def expiry_after(license: License, command: Command) -> str:
    present, given = license.expiry, command.expiry
    if present is None:
        return given
    if command.scene == CANCELLATION:
        return min(present, given)
    if command.scene == TRIAL_TO_FORMAL:
        return present if license.renewed else given
    return max(present, given)


def change_status(license: License, command: Command) -> Tuple[License, Answer]:
    if license.status == RELEASED:
        return license, NO_SUCH_LICENSE if command.status == UNFREEZE else SUCCESS
    if command.timestamp < license.status_timestamp:
        return license, SUCCESS
    status = FROZEN if command.status == FREEZE else ACTIVE
    return license._replace(status=status, status_timestamp=command.timestamp), SUCCESS
