"""Holds the signatures of both programs against the vectors of the protocol notes."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE / "python-client"), str(HERE / "python-seller")]

import callbacks  # noqa: E402
import readings  # noqa: E402
import security_token  # noqa: E402

KEY, NONCE, TIMESTAMP = "test-access-key-0123456789", "nonceABC123def456", "1750000000123"

A = (
    '{"activity":"newInstance","businessId":"biz-0001","orderId":"CS-0001",'
    '"orderLineId":"CS-0001-000001","testFlag":"1"}'
)
B = (
    '{"testFlag":"1","activity":"newInstance","orderLineId":"CS-0001-000001",'
    '"orderId":"CS-0001","businessId":"biz-0001","productId":null}'
)
C = (
    '{"instanceId": "ins-0001","orderId": "CS-0001","tenantId": "t-0001","tenantCode": "acme",'
    '"name": "测试公司","domainName": "https://acme.example.com","flag": 1,"testFlag": 0,'
    '"timeStamp": "20250615150640123"}'
)
SIGNED_RAW = {
    A: "6dddba6b636e8a2da0745cdd56021ed931c552a1857c8d061861ce084a2af052",
    B: "af6a3c455058b704cd141837c5501535d484bf96ab594a18eab322f3a6b3b20e",
    C: "fccfddcf425440d484c8196e63ae8a0d70ad5ada643d5790f1fec3cde84c0f16",
}
SIGNED_SORTED = {
    A: SIGNED_RAW[A],
    B: SIGNED_RAW[A],
    C: "6a95abf45d5096cc4d4abfb9f2d3333e9479fca132a11b5bd49dfecc6dff2465",
}


class Signatures(unittest.TestCase):
    def holds(self, payload: bytes, signature: str) -> None:
        token = security_token.Token(signature, TIMESTAMP, NONCE)
        self.assertEqual(callbacks.sign(KEY, NONCE, TIMESTAMP, payload), signature.upper())
        self.assertEqual(security_token.sign(KEY.encode(), token, payload), signature.upper())

    def test_raw(self) -> None:
        for body, signature in SIGNED_RAW.items():
            self.holds(body.encode("utf-8"), signature)

    def test_sorted(self) -> None:
        for body, signature in SIGNED_SORTED.items():
            members = readings.read_body(body.encode("utf-8")).members
            self.holds(readings.sorted_payload(members), signature)


if __name__ == "__main__":
    unittest.main()
