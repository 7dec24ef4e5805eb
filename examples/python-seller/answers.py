"""The answers a production address gives."""

from typing import Mapping, NamedTuple


class Answer(NamedTuple):
    code: str
    message: str
    # Members beside resultCode and resultMsg, for the activities that answer more than a result.
    more: Mapping[str, object] = {}


SUCCESS = Answer("000000", "success.")
NOT_THERE = Answer("000003", "the license or instance does not exist")
INTERNAL_ERROR = Answer("000005", "internal error")


def unauthenticated(why: str) -> Answer:
    return Answer("000001", why)


def illegal(why: str) -> Answer:
    return Answer("000002", why)
