"""The second factor of the office: a number of six digits that an app shows for thirty seconds.

Time-based one-time passwords as in RFC 6238, with SHA-1, six digits and steps of 30 seconds, which
every authenticator app understands. A step is accepted once; one step before and after the present
one is taken too, because clocks differ.
"""

import hmac
from base64 import b32encode
from datetime import datetime
from hashlib import sha256

from pyotp import TOTP

STEP_S = 30
AROUND = 1
SEED_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12
ISSUER = "Tukuma tirgus"


def shared_key(seed: str, pepper: bytes) -> str:
    """The key that the app shares with us, in base32.

    The database keeps only the seed; without the pepper, which lies outside, it opens nothing.
    """
    return b32encode(hmac.new(pepper, seed.encode(), sha256).digest()[:SEED_BYTES]).decode()


def step_of(key: str, typed: str, at: datetime) -> int | None:
    """The step whose number was typed, None when it is none of those that count at a moment."""
    digits = "".join(typed.split())
    now = int(at.timestamp()) // STEP_S
    for step in range(now - AROUND, now + AROUND + 1):
        if hmac.compare_digest(TOTP(key).at(step * STEP_S).encode(), digits.encode()):
            return step
    return None


def enrolment_address(key: str, email: str) -> str:
    """What the QR code says from which an app learns the key: `otpauth://totp/…`."""
    return TOTP(key).provisioning_uri(name=email, issuer_name=ISSUER)
