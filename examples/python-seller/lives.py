"""What a command makes of a License code or an instance; pure, so that it can be reasoned about (R15 to R19)."""

from typing import NamedTuple, Optional, Tuple

from activities import CANCELLATION, FREEZE, RENEWALS, TRIAL_TO_FORMAL, UNFREEZE
from answers import NOT_THERE, SUCCESS, Answer, illegal
from commands import LICENSES, Command

ACTIVE, FROZEN, RELEASED = "ACTIVE", "FROZEN", "RELEASED"


class Life(NamedTuple):
    """One as first seen is active and without an expiry: no call of a creation tells it."""

    status: str = ACTIVE
    expiry: Optional[str] = None
    renewed: bool = False
    status_timestamp: int = 0


class OrderLine(NamedTuple):
    """What an order line meant when it was applied."""

    subject: str
    expireTime: Optional[str]


def decide(life: Life, command: Command) -> Tuple[Life, Answer]:
    """A command whose order line, where it has one, was not applied before."""
    if command.expiry:
        return refresh(life, command)
    if command.status:
        return change_status(life, command)
    if command.activity in ("releaseLicenseCode", "releaseInstance"):
        return life._replace(status=RELEASED), SUCCESS
    # An upgrade changes what was bought, not how long it lives.
    return life, NOT_THERE if life.status == RELEASED else SUCCESS


def refresh(life: Life, command: Command) -> Tuple[Life, Answer]:
    if life.status == RELEASED:
        return life, NOT_THERE
    # R17: the status is not touched, what is frozen waits for UNFREEZE.
    return life._replace(
        expiry=expiry_after(life, command),
        renewed=life.renewed or command.scene in RENEWALS,
    ), SUCCESS


def answer_repeat(applied: OrderLine, command: Command) -> Answer:
    if applied.subject != command.subject:
        return conflict("license" if command.kind == LICENSES else "instanceId")
    return SUCCESS if applied.expireTime == command.expiry else conflict("expireTime")


def conflict(member: str) -> Answer:
    return illegal(f"{member} differs from what this order line was applied with")


def expiry_after(life: Life, command: Command) -> Optional[str]:
    present, given = life.expiry, command.expiry
    if present is None or given is None:
        return given
    if command.scene == CANCELLATION:
        return min(present, given)
    if command.scene == TRIAL_TO_FORMAL:
        return present if life.renewed else given
    return max(present, given)


def change_status(life: Life, command: Command) -> Tuple[Life, Answer]:
    if life.status == RELEASED:
        return life, NOT_THERE if command.status == UNFREEZE else SUCCESS
    if command.timestamp < life.status_timestamp:
        return life, SUCCESS
    status = FROZEN if command.status == FREEZE else ACTIVE
    return life._replace(status=status, status_timestamp=command.timestamp), SUCCESS
