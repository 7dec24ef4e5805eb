"""The answers a production address gives."""

from typing import NamedTuple


class Answer(NamedTuple):
    code: str
    message: str


SUCCESS = Answer("000000", "success.")
NO_SUCH_LICENSE = Answer("000003", "license does not exist")
INTERNAL_ERROR = Answer("000005", "internal error")


def unauthenticated(why: str) -> Answer:
    return Answer("000001", why)


def illegal(why: str) -> Answer:
    return Answer("000002", why)
