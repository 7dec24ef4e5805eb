"""A small seller's server for License codes and SaaS: the HTTP around the production address, and its start and stop."""

import hmac
import io
import json
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import production
from answers import INTERNAL_ERROR, Answer, illegal
from ledger import Ledger
from received import DeadlineReader, Unreadable, read_bytes
from settings import Settings, from_environment

READ_SECONDS = 4
# R9 gives five seconds for everything; the rest is for the way back.
ANSWER_SECONDS = 4.5
ADMIN = {"/admin/licenses/": ("licenses", "code"), "/admin/instances/": ("instances", "instanceId")}


class Seller(ThreadingHTTPServer):
    request_queue_size = 128
    # A thread that is not a daemon is waited for, so a stop lets every callback have its answer.
    daemon_threads = False

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ledger = Ledger(settings.database)
        super().__init__((settings.host, settings.port), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        report_error()


class Handler(BaseHTTPRequestHandler):
    server: Seller
    protocol_version = default_request_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.began = time.monotonic()
        self.rfile.close()
        self.rfile = io.BufferedReader(DeadlineReader(self.connection, self.began + READ_SECONDS))

    def serve(self) -> None:
        path, _, query = self.path.partition("?")
        base = self.server.settings.production_path
        if path == base or path.startswith(base + "/"):
            self.answer(self.produce(path[len(base) :], query))
        elif self.command == "GET" and self.subject_in(path):
            self.show_life(*self.subject_in(path))
        else:
            self.send_json(404, {"error": "not found"})

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = serve

    def produce(self, sub_path: str, query: str) -> Answer:
        try:
            raw = read_bytes(self.headers, self.rfile)
            encoding = self.headers.get("Content-Encoding", "").strip().lower()
            request = production.Request(self.command, sub_path, query, encoding, raw)
            now_ms = time.time_ns() // 1_000_000
            return production.answer(
                request, self.server.settings.keys, self.server.ledger, now_ms, self.patience()
            )
        except Unreadable as why:
            return illegal(str(why))
        except Exception:
            report_error()
            return INTERNAL_ERROR

    def subject_in(self, path: str) -> tuple:
        for place, (kind, member) in ADMIN.items():
            if path.startswith(place):
                return kind, member, unquote(path[len(place) :])
        return ()

    def show_life(self, kind: str, member: str, subject: str) -> None:
        given = self.headers.get("Authorization", "").encode()
        wanted = f"Bearer {self.server.settings.admin_token}".encode()
        if not self.server.settings.admin_token or not hmac.compare_digest(given, wanted):
            return self.send_json(401, {"error": "unauthorized"})
        life = self.server.ledger.find(kind, subject, self.patience())
        if life is None:
            return self.send_json(404, {"error": "not found"})
        self.send_json(200, {member: subject, "status": life.status, "expiresAt": iso_8601(life.expiry)})

    def patience(self) -> float:
        return self.began + ANSWER_SECONDS - time.monotonic()

    def answer(self, answer: Answer) -> None:
        self.send_json(200, {"resultCode": answer.code, "resultMsg": answer.message, **answer.more})

    def send_error(self, code: int, message: object = None, explain: object = None) -> None:
        # R8 also holds for a request that http.server itself cannot take.
        self.answer(illegal("the request is not understood"))

    def send_json(self, status: int, content: dict) -> None:
        payload = json.dumps(content).encode()
        self.connection.settimeout(READ_SECONDS)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a query holds a signature, and the output is one line."""


def iso_8601(expiry: object) -> object:
    if not isinstance(expiry, str):
        return None
    year, month, day, hour, minute, second, ms = (
        expiry[at:end] for at, end in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14), (14, 17))
    )
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}.{ms}Z"


def report_error() -> None:
    # Only the type: the text of an error may quote what it could not handle.
    print(type(sys.exc_info()[1]).__name__, file=sys.stderr, flush=True)


def main() -> int:
    try:
        settings = from_environment()
    except ValueError as why:
        print(why, file=sys.stderr)
        return 2
    with Seller(settings) as seller:
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=seller.shutdown).start())
        print(
            f"listening on http://{settings.host}:{seller.server_port}{settings.production_path}", flush=True
        )
        seller.serve_forever(poll_interval=0.1)
    seller.ledger.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
