"""A seller's server as many are: it works on the happy path. Made to be failed by the conformance suite; do not copy it."""

import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

KEYS = json.loads(os.environ["KOOBRIDGE_KEYS"])
instances = {}
orders = {}
licenses = {}


def sign(key, nonce, timestamp, payload):
    inner = hmac.new(key.encode(), payload.encode(), hashlib.sha256).hexdigest()
    canonical = key + nonce + timestamp + inner
    # Mistake: the key stands in the log.
    print("canonical request:", canonical, file=sys.stderr)
    return hmac.new(key.encode(), canonical.encode(), hashlib.sha256).hexdigest()


def verify(query, body):
    timestamp, nonce, signature = (query.get(name, [""])[0] for name in ("timestamp", "nonce", "signature"))
    if not timestamp or not nonce:
        return "000002"
    # Mistake: a timestamp of the future is never too old.
    if time.time() * 1000 - float(timestamp) > 60000:
        return "000002"
    # Mistake: nobody remembers the nonce.
    payload = json.dumps(
        {name: body[name] for name in sorted(body) if body[name] is not None}, separators=(",", ":"), ensure_ascii=False
    )
    ring = "license" if "License" in str(body.get("activity")) else "base"
    # Mistake: compared as text, which takes one case only, and as long as the first digits agree.
    return None if sign(KEYS[ring][0]["secret"], nonce, timestamp, payload).upper() == signature else "000001"


def new_instance(body):
    order = (body["orderId"], body["orderLineId"])
    # Mistake: looked up and inserted in two steps, so that two retries at once make two instances.
    if order not in orders:
        time.sleep(0.2)
        orders[order] = body["businessId"]
        instances[body["businessId"]] = {"status": "ACTIVE"}
    return {"instanceId": orders[order]}


def query_instance(body):
    ids = body["instanceId"].split(",")
    return {"info": [{"instanceId": each, "appInfo": {"frontEndUrl": "https://saas.example.com"}} for each in ids]}


def refresh_instance(body):
    # Mistake: an instance that is not there is used all the same.
    instances[body["instanceId"]]["expireTime"] = body["expireTime"]
    return {}


def update_status(body):
    instances[body["instanceId"]]["status"] = body["status"]
    return {}


def release_instance(body):
    del instances[body["instanceId"]]
    return {}


def change_license(body):
    # Mistake: whatever comes last wins, and all of it is gone after a restart.
    licenses.setdefault(body["license"], {}).update(body)
    return {}


ACTIVITIES = {
    "newInstance": new_instance,
    "queryInstance": query_instance,
    "refreshInstance": refresh_instance,
    "updateInstanceStatus": update_status,
    "releaseInstance": release_instance,
    "upgradeInstance": lambda body: {},
    "changeInstanceCheck": lambda body: {},
    "refreshLicenseCode": change_license,
    "updateLicenseCodeStatus": change_license,
    "releaseLicenseCode": change_license,
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        try:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            refusal = verify(parse_qs(urlsplit(self.path).query), body)
            if refusal:
                self.answer(200, {"resultCode": refusal, "resultMsg": "token is invalid"})
            else:
                # Mistake: an unknown activity is an error of the server.
                more = ACTIVITIES[body["activity"]](body)
                self.answer(200, {"resultCode": "000000", "resultMsg": "success.", **more})
        except Exception as error:
            self.answer(500, {"error": repr(error)})

    def answer(self, status, content):
        payload = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


with Server((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8080"))), Handler) as server:
    print(f"listening on http://127.0.0.1:{server.server_port}/production", flush=True)
    server.serve_forever()
