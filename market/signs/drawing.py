"""Drawing the QR code of a sign, to be read from a phone's distance in any light."""

import re
from html import escape
from itertools import groupby

SMALLEST_MODULE_MM = 0.8
QUIET_MODULES = 4

Matrix = list[list[bool]]

_QR_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")


def sign_address(public_url: str, code: str) -> str:
    """The address in a sign's QR code: `HTTPS://HOST/S/CODE`.

    All capitals, because the code then needs 5.5 bits a character instead of 8 (ISO/IEC 18004,
    alphanumeric mode) and gets larger modules; hosts do not mind and the service answers to them.
    Raises ValueError for an address with a character that has no place in that mode.
    """
    address = f"{public_url}/S/{code}".upper()
    if not _QR_ALPHANUMERIC.fullmatch(address):
        raise ValueError(f"{address}: only letters A–Z, digits and $%*+-./: fit into a sign")
    return address


def qr_matrix(text: str) -> Matrix:
    """The modules of a QR code, True for dark, row by row, with its quiet zone of four.

    Level H: up to 30 % of it may be wet, torn or covered.
    """
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_H

    code = QRCode(error_correction=ERROR_CORRECT_H, border=QUIET_MODULES)
    code.add_data(text)
    code.make(fit=True)
    matrix: Matrix = code.get_matrix()
    return matrix


def module_mm(matrix: Matrix, side_mm: float) -> float:
    """How large a module is when the code, its quiet zone included, is printed `side_mm` wide.

    Raises ValueError where that is less than 0.8 mm, which cheap printers and old phones need.
    """
    size = side_mm / len(matrix)
    if size < SMALLEST_MODULE_MM:
        raise ValueError(f"modules of {size:.2f} mm: less than {SMALLEST_MODULE_MM} mm")
    return size


def qr_svg(text: str, title: str | None = None) -> str:
    """The QR code as an SVG of one path: black on white, one unit for each module.

    Without ids, so that a page may show many. With a title it is an image of that name, without
    one it is decoration.
    """
    matrix = qr_matrix(text)
    side = len(matrix)
    named = f"<title>{escape(title)}</title>" if title else ""
    role = 'role="img"' if title else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" {role}'
        f' shape-rendering="crispEdges">{named}<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        f'<path fill="#000" d="{qr_path(matrix)}"/></svg>'
    )


def qr_path(matrix: Matrix) -> str:
    """The dark modules as SVG path data: one bar for each run of dark modules in a row."""
    bars = []
    for y, row in enumerate(matrix):
        x = 0
        for dark, run in groupby(row):
            width = len(list(run))
            if dark:
                bars.append(f"M{x} {y}h{width}v1h-{width}z")
            x += width
    return "".join(bars)
