"""The seller's memory: nonces, order lines and License codes in one SQLite file, durable before an answer (R20)."""

import sqlite3
from contextlib import contextmanager
from threading import Lock
from typing import Iterator, Optional, Union

from activities import Command
from answers import SUCCESS, Answer, unauthenticated
from licenses import License, OrderLine, decide
from security_token import WINDOW_MS, Token
from settings import Key

TABLES = """
CREATE TABLE IF NOT EXISTS nonces (
  key TEXT, nonce TEXT, timestamp INTEGER, PRIMARY KEY (key, nonce)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonces_by_age ON nonces (timestamp);
CREATE TABLE IF NOT EXISTS order_lines (
  activity TEXT, scene TEXT, order_id TEXT, order_line_id TEXT, license TEXT, expiry TEXT,
  PRIMARY KEY (activity, scene, order_id, order_line_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS licenses (
  code TEXT PRIMARY KEY, status TEXT, expiry TEXT, renewed INTEGER, status_timestamp INTEGER
) WITHOUT ROWID;
"""

# R3 asks for the whole window; the margin covers a clock that is set back.
NONCE_MEMORY_MS = 10 * WINDOW_MS


class Ledger:
    def __init__(self, file: str) -> None:
        self._lock = Lock()
        self._database = sqlite3.connect(file, timeout=0.4, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.executescript(TABLES)

    def receive(
        self, key: Key, token: Token, reading: Union[Command, Answer], now_ms: int, patience: float
    ) -> Answer:
        """Use up the nonce and apply the command, both or neither; TimeoutError after `patience` seconds."""
        with self._transaction(patience):
            if not self._use_nonce(key, token, now_ms):
                return unauthenticated("the nonce was used before")
            return reading if isinstance(reading, Answer) else self._apply(reading)

    def find(self, code: str, patience: float) -> Optional[License]:
        with self._transaction(patience):
            return self._license(code)

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def _transaction(self, patience: float) -> Iterator[None]:
        if not self._lock.acquire(timeout=max(0.0, patience)):
            raise TimeoutError("the ledger is busy")
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
        finally:
            self._lock.release()

    def _use_nonce(self, key: Key, token: Token, now_ms: int) -> bool:
        self._database.execute("DELETE FROM nonces WHERE timestamp < ?", (now_ms - NONCE_MEMORY_MS,))
        inserted = self._database.execute(
            "INSERT OR IGNORE INTO nonces VALUES (?, ?, ?)", (key.name, token.nonce, int(token.timestamp))
        )
        return inserted.rowcount == 1

    def _apply(self, command: Command) -> Answer:
        line = (command.activity, command.scene, command.order_id, command.order_line_id)
        license, answer = decide(self._license(command.license) or License(), command, self._order_line(line))
        if answer == SUCCESS:
            self._database.execute("REPLACE INTO licenses VALUES (?, ?, ?, ?, ?)", (command.license, *license))
        if answer == SUCCESS and command.expiry:
            self._database.execute(
                "INSERT OR IGNORE INTO order_lines VALUES (?, ?, ?, ?, ?, ?)",
                (*line, command.license, command.expiry),
            )
        return answer

    def _order_line(self, line: tuple) -> Optional[OrderLine]:
        row = self._database.execute(
            "SELECT license, expiry FROM order_lines"
            " WHERE activity = ? AND scene = ? AND order_id = ? AND order_line_id = ?",
            line,
        ).fetchone()
        return OrderLine(*row) if row else None

    def _license(self, code: str) -> Optional[License]:
        row = self._database.execute(
            "SELECT status, expiry, renewed, status_timestamp FROM licenses WHERE code = ?", (code,)
        ).fetchone()
        return License(*row) if row else None
