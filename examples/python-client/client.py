"""Drives a seller's server through the rules of the License callbacks, as the store would."""

import argparse
import os
import sys
from urllib.parse import urlsplit

import rules_answers
import rules_effects
import rules_members
import rules_readings
import rules_token
import rules_values
from callbacks import fresh_code
from checks import run_all
from seller import AdminFailed, Seller

CHECKS = [
    *rules_token.RULES,
    *rules_readings.RULES,
    *rules_answers.RULES,
    *rules_members.RULES,
    *rules_values.RULES,
    *rules_effects.RULES,
]

HELD, FAILED, BAD_USAGE, UNREACHABLE = 0, 1, 2, 3


def read_arguments() -> Seller:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address", metavar="production-address", help="where the seller takes callbacks")
    parser.add_argument("--key-env", required=True, metavar="NAME", help="variable that holds the license key")
    parser.add_argument("--admin", metavar="URL", help="where the seller serves /admin, to look at its state")
    parser.add_argument("--admin-token-env", metavar="NAME", help="variable that holds the admin token")
    given = parser.parse_args()
    if bool(given.admin) != bool(given.admin_token_env):
        parser.error("--admin and --admin-token-env go together")
    for address in filter(None, (given.address, given.admin)):
        if not is_address(address):
            parser.error(f"{address} is not an address such as http://127.0.0.1:8080/production")
    for name in filter(None, (given.key_env, given.admin_token_env)):
        if not os.environ.get(name):
            parser.error(f"the environment variable {name} is empty or not set")
    return Seller(
        given.address,
        os.environ[given.key_env],
        given.admin,
        os.environ[given.admin_token_env] if given.admin else "",
    )


def is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and not parts.query
    except ValueError:
        return False


def find_obstacle(seller: Seller) -> str:
    """Why no check can be run at all, or nothing."""
    try:
        connection = seller.connect()
        connection.connect()
        connection.close()
    except OSError as why:
        return f"the seller's server cannot be reached ({type(why).__name__})"
    try:
        if seller.observable:
            seller.license(fresh_code())
    except AdminFailed as why:
        return f"the admin API cannot be used: {why}"
    return ""


def main() -> int:
    seller = read_arguments()
    obstacle = find_obstacle(seller)
    if obstacle:
        print(obstacle, file=sys.stderr)
        return UNREACHABLE
    return FAILED if run_all(seller, CHECKS) else HELD


if __name__ == "__main__":
    sys.exit(main())
