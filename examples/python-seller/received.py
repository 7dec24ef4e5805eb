"""The bytes of a request, bounded in size and in time (R8, R9)."""

import io
import re
import socket
import time
from email.message import Message
from typing import Iterator

LIMIT = 1 << 20
DRAIN = 8 << 20
PIECE = 1 << 16


class Unreadable(Exception):
    """The body cannot be used; the message says why."""


class DeadlineReader(io.RawIOBase):
    """Reads a socket until a moment of the monotonic clock, however slowly the bytes come."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        remaining = self._deadline - time.monotonic()
        if remaining <= 0:
            raise socket.timeout("the request took too long")
        self._connection.settimeout(remaining)
        return self._connection.recv_into(buffer)


def read_bytes(headers: Message, stream: io.BufferedReader) -> bytes:
    """The whole body; raises Unreadable, after draining what R8 allows, where there is no whole body."""
    kept, received = bytearray(), 0
    try:
        for piece in pieces_of(headers, stream):
            received += len(piece)
            if received <= LIMIT:
                kept += piece
            if received > LIMIT + DRAIN:
                break
    except socket.timeout:
        raise Unreadable("the body took too long") from None
    if received > LIMIT:
        raise Unreadable("the body is longer than 1 MiB")
    return bytes(kept)


def pieces_of(headers: Message, stream: io.BufferedReader) -> Iterator[bytes]:
    if headers.get("Transfer-Encoding", "").strip().lower() == "chunked":
        return chunked(stream)
    length = headers.get("Content-Length", "0")
    if not re.fullmatch("[0-9]{1,15}", length):
        raise Unreadable("Content-Length is not a length")
    return sized(stream, int(length))


def sized(stream: io.BufferedReader, length: int) -> Iterator[bytes]:
    while length > 0:
        piece = stream.read1(min(length, PIECE))
        if not piece:
            raise Unreadable("the body ends early")
        length -= len(piece)
        yield piece


def chunked(stream: io.BufferedReader) -> Iterator[bytes]:
    while True:
        size = re.match(b"([0-9A-Fa-f]{1,8})[;\r\n \t]", stream.readline(PIECE))
        if not size:
            raise Unreadable("a chunk has no size")
        yield from sized(stream, int(size[1], 16))
        if int(size[1], 16) == 0:
            break
        stream.readline(PIECE)
    while stream.readline(PIECE) not in (b"\r\n", b"\n", b""):
        pass
