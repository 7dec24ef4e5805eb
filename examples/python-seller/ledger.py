"""The seller's memory: nonces, order lines, License codes and instances in one SQLite file, durable before an answer (R20)."""

import sqlite3
from contextlib import contextmanager
from threading import Lock
from typing import Iterator, Optional, Tuple, Union

from answers import NOT_THERE, SUCCESS, Answer, unauthenticated
from commands import LICENSES, Command, describe
from lives import RELEASED, Life, OrderLine, answer_repeat, decide
from security_token import WINDOW_MS, Token
from settings import Key

TABLES = """
CREATE TABLE IF NOT EXISTS nonces (
  key TEXT, nonce TEXT, timestamp INTEGER, PRIMARY KEY (key, nonce)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS nonces_by_age ON nonces (timestamp);
CREATE TABLE IF NOT EXISTS order_lines (
  activity TEXT, scene TEXT, order_id TEXT, order_line_id TEXT, subject TEXT, expiry TEXT,
  PRIMARY KEY (activity, scene, order_id, order_line_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lives (
  kind TEXT, id TEXT, status TEXT, expiry TEXT, renewed INTEGER, status_timestamp INTEGER, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
"""

# R3 asks for the whole window; the margin covers a clock that is set back.
NONCE_MEMORY_MS = 10 * WINDOW_MS


WITH_LINE = ("refreshLicenseCode", "refreshInstance", "upgradeInstance")


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

    def find(self, kind: str, subject: str, patience: float) -> Optional[Life]:
        with self._transaction(patience):
            return self._life(kind, subject)

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
        if command.activity == "newInstance":
            return self._create(command)
        if command.activity in ("queryInstance", "changeInstanceCheck"):
            return self._tell(command)
        applied = self._order_line(command)
        if applied:
            return answer_repeat(applied, command)
        life = self._life(command.kind, command.subject)
        if life is None and command.kind != LICENSES:
            return NOT_THERE
        # R19: a License code is adopted on first sight, because the store does not announce it.
        life, answer = decide(life or Life(), command)
        if answer == SUCCESS:
            self._keep(command, life)
        return answer

    def _create(self, command: Command) -> Answer:
        """The id follows from the order line, so that a repeat finds what it made."""
        if not self._life(command.kind, command.subject):
            self._keep(command, Life())
        return SUCCESS._replace(more={"instanceId": command.subject})

    def _tell(self, command: Command) -> Answer:
        lives = [self._life(command.kind, subject) for subject in command.subjects]
        if any(life is None or life.status == RELEASED for life in lives):
            return NOT_THERE
        if command.activity == "changeInstanceCheck":
            return SUCCESS
        return SUCCESS._replace(more={"info": [describe(subject) for subject in command.subjects]})

    def _keep(self, command: Command, life: Life) -> None:
        self._database.execute(
            "REPLACE INTO lives VALUES (?, ?, ?, ?, ?, ?)", (command.kind, command.subject, *life)
        )
        if command.activity in WITH_LINE:
            self._database.execute(
                "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?)",
                (*line_of(command), command.subject, command.expiry),
            )

    def _order_line(self, command: Command) -> Optional[OrderLine]:
        row = self._database.execute(
            "SELECT subject, expiry FROM order_lines"
            " WHERE activity = ? AND scene = ? AND order_id = ? AND order_line_id = ?",
            line_of(command),
        ).fetchone()
        return OrderLine(*row) if row else None

    def _life(self, kind: str, subject: str) -> Optional[Life]:
        row = self._database.execute(
            "SELECT status, expiry, renewed, status_timestamp FROM lives WHERE kind = ? AND id = ?", (kind, subject)
        ).fetchone()
        return Life(*row) if row else None


def line_of(command: Command) -> Tuple[str, str, str, str]:
    return command.activity, command.scene, command.order_id, command.order_line_id
