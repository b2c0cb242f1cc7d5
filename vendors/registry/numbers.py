"""Numbers as the registry keeps them: companies, telephones, postcodes, certificates.

Every `typed_…` takes what people write and returns the one form that is stored; what cannot be
taken raises Odd with a reason, for which the pages have a sentence. An empty text is never asked.
Sources: the check digit of the register of enterprises as python-stdnum has it (lv.pvn); the
numbering of Latvian telephones; domain.md 5.4.
"""

import re

from vendors.fields import has_personal_code

WEIGHTS = (9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)
CHECKED_BY, RIGHT_REMAINDER = 11, 3
_ELEVEN_DIGITS = re.compile(r"\d{11}")
_PERSONAL = re.compile(r"[0-3]\d{10}")
_WITH_HYPHEN = re.compile(r"\d{6}\s*[-–]\s*\d{5}")
_MARKS = re.compile(r"[\s().\u2010-\u2015-]")
_PHONE = re.compile(r"(?:\+|00)?(?:371)?([26]\d{7})")
_FREE_NUMBER = re.compile(r"(?:\+|00)?(?:371)?80\d{6}")
_POSTCODE = re.compile(r"(?:LV)?(\d{4})")
_PVD_NUMBER = re.compile(r"[A-Z]{0,2}\s?\d{3,8}")


class Odd(ValueError):  # noqa: N818 - it says what is odd
    """A number that cannot be taken.

    `reason`: "personal_code", "not_a_reg_no", "wrong_check", "not_a_phone", "free_number" or
    "not_a_postcode".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_personal_code(text: str) -> bool:
    """Whether a text that should be a number is what a Latvian personal code looks like.

    Wider than in free texts: any eleven digits that begin with 0 to 3, and six digits, a hyphen
    and five. No enterprise has such a number.
    """
    if _PERSONAL.fullmatch(_MARKS.sub("", text)) or _WITH_HYPHEN.fullmatch(text.strip()):
        return True
    return has_personal_code(text)


def typed_reg_no(text: str) -> str:
    """The eleven digits of an enterprise, also typed as a number of a payer of VAT; raises Odd."""
    plain = _MARKS.sub("", text).upper().removeprefix("LV")
    if is_personal_code(text) or _PERSONAL.fullmatch(plain):
        raise Odd("personal_code")
    if not _ELEVEN_DIGITS.fullmatch(plain) or not plain.isascii() or plain[0] < "4":
        raise Odd("not_a_reg_no")
    total = sum(int(digit) * weight for digit, weight in zip(plain, WEIGHTS, strict=True))
    if total % CHECKED_BY != RIGHT_REMAINDER:
        raise Odd("wrong_check")
    return plain


def says_vat(text: str) -> bool:
    """Whether a number was typed as that of a payer of value added tax: with LV before it."""
    return _MARKS.sub("", text).upper().startswith("LV")


def vat_no_of(reg_no: str) -> str:
    """The number of an enterprise that pays value added tax."""
    return f"LV{reg_no}"


def typed_phone(text: str) -> str:
    """A Latvian telephone as E.164, "+37126123456": mobile (2…) or landline (6…); raises Odd."""
    plain = _MARKS.sub("", text)
    found = _PHONE.fullmatch(plain)
    if found and plain.removeprefix("+").isascii():
        return f"+371{found[1]}"
    if _FREE_NUMBER.fullmatch(plain):
        raise Odd("free_number")
    raise Odd("personal_code" if is_personal_code(text) else "not_a_phone")


def typed_postcode(text: str) -> str:
    """A postcode, "LV-3101", also typed as "lv3101" or "3101"; raises Odd."""
    found = _POSTCODE.fullmatch(_MARKS.sub("", text).upper())
    if not found or not found[1].isascii():
        raise Odd("personal_code" if is_personal_code(text) else "not_a_postcode")
    return f"LV-{found[1]}"


def looks_like_pvd_no(text: str) -> bool:
    """Whether a number of the food register looks as such numbers do; nobody has verified it."""
    return _PVD_NUMBER.fullmatch(text.strip().upper()) is not None


def with_latvian_quotes(name: str) -> str:
    """A name with „…“ for whatever quotes were typed in pairs."""
    return re.sub(r"[\"“”„‟]([^\"“”„‟]+)[\"“”„‟]", "„\\1“", name)
