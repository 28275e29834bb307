"""Vehicle identification numbers, ISO 3779:2009 and ISO 3780.

Syntax is checked hard. The check digit of position 9 is law in North America and China but many European makers put a
plain letter there, so it is only ever advice.
"""

from __future__ import annotations

LENGTH = 17
ALPHABET = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
"""Capital letters and digits without I, O and Q, which are mistaken for 1 and 0."""

_CHECK_POSITION = 8  # counted from 0: the ninth character
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip("ABCDEFGH", range(1, 9))),
    **dict(zip("JKLMN", range(1, 6))),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10))),
}


def vin_problem(text: str) -> str | None:
    """What is wrong with the syntax of a VIN and what is allowed, or None if nothing is."""
    if len(text) != LENGTH:
        return f"the VIN '{text}' has {len(text)} characters; a VIN has {LENGTH}"
    for position, character in enumerate(text, start=1):
        if character in ALPHABET:
            continue
        if character.upper() in ALPHABET:
            return f"character {position} of the VIN '{text}' is the small letter '{character}'; write capitals"
        return (
            f"character {position} of the VIN '{text}' is '{character}'; "
            "allowed are digits and capital letters except I, O and Q"
        )
    return None


def check_digit(vin: str) -> str:
    """The character that belongs at position 9 of a VIN (49 CFR 565.15, GB 16735): '0' to '9' or 'X'.

    Args:
        vin: syntactically right; its own position 9 has weight 0.
    """
    remainder = sum(_VALUES[character] * weight for character, weight in zip(vin, _WEIGHTS)) % 11
    return "X" if remainder == 10 else str(remainder)


def check_digit_advice(vin: str) -> str | None:
    """A sentence if position 9 is not the check digit, else None. Never a reason to refuse a car."""
    expected = check_digit(vin)
    if vin[_CHECK_POSITION] == expected:
        return None
    return (
        f"position 9 of the VIN {vin} is '{vin[_CHECK_POSITION]}', the check digit would be '{expected}'; "
        "normal for many European makers, a sign of a typing error in China and North America"
    )
