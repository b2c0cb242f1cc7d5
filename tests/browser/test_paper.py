"""Pages print well, in black on white."""

import pypdfium2
import pytest

from tests.browser.conftest import Visitor
from tests.browser.pages import address_of
from tests.browser.served import Served

MOST_SHEETS = {"today": 5, "vendor": 4, "programme": 3, "sign: here": 2}


@pytest.mark.parametrize("name", MOST_SHEETS)
def test_a_page_prints_what_matters_on_few_sheets(
    name: str, visitor: Visitor, market: Served
) -> None:
    visit = visitor(width=1280, color_scheme="dark")
    page = visit.go(address_of(market, name))
    title = page.locator("h1").inner_text()
    menu = page.locator(".doors a").last.inner_text()
    sheets = pypdfium2.PdfDocument(page.pdf(format="A4"))
    words = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)
    assert title.split()[0] in words
    assert menu not in words.splitlines()
    assert len(sheets) <= MOST_SHEETS[name]
    corner = sheets[0].render(scale=1).to_pil().convert("RGB").getpixel((4, 4))
    assert corner == (255, 255, 255)


def test_ink_is_black_on_white_also_at_night(visitor: Visitor, market: Served) -> None:
    visit = visitor(color_scheme="dark")
    page = visit.go(address_of(market, "vendor"))
    page.emulate_media(media="print", color_scheme="dark")
    for place in ("body", "h1", ".soft", ".tag", ".lead", ".plate"):
        shown = page.locator(place).first.evaluate(
            "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
        )
        assert shown[0] in ("rgb(0, 0, 0)", "rgb(68, 68, 68)"), place
        assert shown[1] in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"), place
