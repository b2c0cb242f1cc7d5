"""The QR code of a sign is large enough, dark on white, and says the sign's address."""

import re
from xml.etree import ElementTree

import pytest
import zxingcpp
from numpy import array, kron, ones, uint8

from market.signs.drawing import module_mm, qr_matrix, qr_svg, sign_address

ADDRESS = "HTTPS://TIRGUS.EXAMPLE/S/22222"


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("https://tirgus.example", "HTTPS://TIRGUS.EXAMPLE/S/2K9AB"),
        ("http://localhost:8000", "HTTP://LOCALHOST:8000/S/2K9AB"),
        ("https://xn--tku-rla.lv", "HTTPS://XN--TKU-RLA.LV/S/2K9AB"),
    ],
)
def test_address_is_capitals_with_scheme_and_port_as_they_are(
    public_url: str, address: str
) -> None:
    assert sign_address(public_url, "2K9AB") == address


@pytest.mark.parametrize("public_url", ["https://tūkums.lv", "https://a_b.lv", "https://a.lv?b"])
def test_address_outside_the_alphabet_of_qr_codes_is_refused(public_url: str) -> None:
    with pytest.raises(ValueError, match="fit into a sign"):
        sign_address(public_url, "2K9AB")


def test_code_is_read_back_and_is_of_level_h() -> None:
    [found] = zxingcpp.read_barcodes(picture(qr_matrix(ADDRESS)))
    assert (found.text, found.ec_level) == (ADDRESS, "H")


def test_quiet_zone_is_four_modules_wide() -> None:
    matrix = qr_matrix(ADDRESS)
    rim = [*matrix[:4], *matrix[-4:], *(row[:4] + row[-4:] for row in matrix)]
    assert not any(any(row) for row in rim)
    assert matrix[4][4]


def test_modules_of_a_code_of_40_mm_are_large_enough() -> None:
    assert module_mm(qr_matrix(ADDRESS), 40) == pytest.approx(40 / 37)
    assert module_mm(qr_matrix("A" * 84), 40) >= 0.8


def test_an_address_too_long_for_40_mm_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.75 mm: less than 0\.8 mm"):
        module_mm(qr_matrix("A" * 85), 40)


def test_drawing_shows_exactly_the_dark_modules() -> None:
    matrix = qr_matrix(ADDRESS)
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr_svg(ADDRESS))
    drawn = {(int(x) + step, int(y)) for x, y, width in bars for step in range(int(width))}
    dark = {(x, y) for y, row in enumerate(matrix) for x, on in enumerate(row) if on}
    assert drawn == dark


def test_drawing_has_no_ids_and_a_hostile_title_stays_text() -> None:
    hostile = '</title><script>alert("1")</script>'
    svg = ElementTree.fromstring(qr_svg(ADDRESS, title=hostile))
    names = [element.tag.rpartition("}")[2] for element in svg.iter()]
    assert names == ["svg", "title", "path", "path"]
    assert svg[0].text == hostile
    assert not any("id" in element.attrib for element in svg.iter())


def test_drawing_without_a_title_is_decoration() -> None:
    assert ElementTree.fromstring(qr_svg(ADDRESS)).attrib["aria-hidden"] == "true"


def picture(matrix: list[list[bool]]) -> object:
    """The matrix as grey pixels, eight for each module."""
    return kron(255 * (1 - array(matrix, dtype=uint8)), ones((8, 8), dtype=uint8)).astype(uint8)
