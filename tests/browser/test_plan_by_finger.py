"""A plan of 2,000 stalls under a finger: few elements, and who drags it stays on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from app import create_app
from app.database import Database
from app.demo import TEST_TODAY
from bench.plan_on_a_phone import STALLS, make_stalls
from tests.browser.planting import demonstration_with_more
from tests.browser.served import Served, serving
from tests.conftest import Templates, close, settings_for

SCRIPT = Path(__file__).parents[2] / "static/plan/plan.js"
PLAN = "/lv/karte/plans?laukums=liels"
MOST_ELEMENTS = 500
LINKS = ".number a"
PLACE = """() => new DOMMatrix(
    getComputedStyle(document.querySelector(".leaflet-map-pane")).transform).e"""
NEAREST = """() => {
    const far = one => { const box = one.getBoundingClientRect();
        return Math.hypot(box.x + box.width / 2 - innerWidth / 2,
                          box.y + box.height / 2 - innerHeight / 2); };
    const [one] = [...document.querySelectorAll(".number a")].sort((a, b) => far(a) - far(b));
    const box = one.getBoundingClientRect();
    return [one.textContent, box.x + box.width / 2, box.y + box.height / 2];
}"""
FORTH, TO_AND_FRO = [(60, 40)], [(60, 40), (0, 0)]
CLICKS_AFTER_DRAGS = """() => addEventListener("pointerup", ({ clientX, clientY }) =>
    setTimeout(() => document.elementFromPoint(clientX, clientY).dispatchEvent(
        new MouseEvent("click",
            { bubbles: true, cancelable: true, detail: 1, clientX, clientY }))))"""

Move = Callable[[Page, float, float, list[tuple[int, int]]], None]


@pytest.fixture(scope="module")
def large(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration market with a site of 2,000 stalls, on a Tuesday at ten."""
    address = templates.copy("sqlite", "browser", demonstration_with_more)
    database = Database(address)
    with database.writing() as session:
        make_stalls(session, STALLS, TEST_TODAY)
        session.commit()
    database.engine.dispose()
    app = create_app(settings_for(address, tmp_path_factory.mktemp("large")))
    with serving(app) as served:
        yield served
    close(app)


@pytest.fixture
def telephone(chromium: Browser, large: Served) -> Iterator[Page]:
    """A telephone of 360 pixels; its plan does not glide on by itself."""
    context = chromium.new_context(
        base_url=large.address,
        viewport={"width": 360, "height": 640},
        has_touch=True,
        reduced_motion="reduce",
    )
    yield context.new_page()
    context.close()


def _open_near(page: Page) -> None:
    """Open the plan and draw it nearer until its stalls can be tapped."""
    page.goto(PLAN)
    page.locator("img.leaflet-image-layer").wait_for()
    near = page.locator(".leaflet-container:not(.far)")
    for _ in range(30):
        if near.count() and page.locator(LINKS).count():
            return
        page.locator(".leaflet-control-zoom-in").click()
    raise AssertionError("the plan did not come nearer")


def _with_a_mouse(page: Page, x: float, y: float, ways: list[tuple[int, int]]) -> None:
    page.mouse.move(x, y)
    page.mouse.down()
    for right, down in ways:
        page.mouse.move(x + right, y + down, steps=8)
    page.mouse.up()


def _with_a_finger(page: Page, x: float, y: float, ways: list[tuple[int, int]]) -> None:
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers = [{"x": right, "y": down} for right, down in points]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", (x, y))
    for right, down in ways:
        for step in (1, 2, 3, 4):
            touch("touchMove", (x + right * step / 4, y + down * step / 4))
    touch("touchEnd")


def _with_a_finger_that_clicks(page: Page, x: float, y: float, ways: list[tuple[int, int]]) -> None:
    """A finger on a telephone whose browser clicks where a drag has ended; Chromium does not."""
    page.evaluate(CLICKS_AFTER_DRAGS)
    _with_a_finger(page, x, y, ways)


def _leads(request: Request) -> bool:
    return request.is_navigation_request()


def _leads_away(page: Page, move: Move, ways: list[tuple[int, int]]) -> bool:
    """Whether dragging the plan at a stall leaves the plan."""
    _open_near(page)
    _number, x, y = page.evaluate(NEAREST)
    left: list[str] = []
    page.on("request", lambda one: left.append(one.url) if _leads(one) else None)
    before = page.evaluate(PLACE)
    move(page, x, y, ways)
    page.wait_for_timeout(600)
    if not left and ways != TO_AND_FRO:
        assert page.evaluate(PLACE) != before
    return bool(left)


def _unmended(route: Route) -> None:
    """The plan's script as it was when a drag could end as a tap."""
    script = SCRIPT.read_text()
    assert script.count("  tellDragsFromTaps(map);\n") == 1
    route.fulfill(
        body=script.replace("  tellDragsFromTaps(map);\n", ""), content_type="text/javascript"
    )


DRAGS = [
    (_with_a_mouse, FORTH),
    (_with_a_mouse, TO_AND_FRO),
    (_with_a_finger_that_clicks, FORTH),
]


@pytest.mark.parametrize(("move", "ways"), [*DRAGS, (_with_a_finger, FORTH)])
def test_who_drags_the_plan_stays_on_it(
    move: Move, ways: list[tuple[int, int]], telephone: Page
) -> None:
    assert not _leads_away(telephone, move, ways)


@pytest.mark.parametrize(("move", "ways"), DRAGS)
def test_without_telling_drags_from_taps_the_plan_is_left(
    move: Move, ways: list[tuple[int, int]], telephone: Page
) -> None:
    """The twin of the test above."""
    telephone.route("**/plan/plan.js*", _unmended)
    assert _leads_away(telephone, move, ways)


@pytest.mark.parametrize("move", [_with_a_mouse, _with_a_finger])
@pytest.mark.parametrize("ways", [[], [(4, 3)]], ids=["steady", "trembling"])
def test_who_taps_a_stall_gets_to_its_entry(
    move: Move, ways: list[tuple[int, int]], telephone: Page
) -> None:
    _open_near(telephone)
    number, x, y = telephone.evaluate(NEAREST)
    asked: list[str] = []
    telephone.on("request", lambda one: asked.append(one.url) if "/karte?" in one.url else None)
    with telephone.expect_navigation(wait_until="commit", url=f"**vieta={number}#{number}"):
        move(telephone, x, y, ways)
    assert len(asked) == 1, "the page is asked for once"


def test_the_keyboard_follows_a_link_right_after_a_drag(telephone: Page) -> None:
    _open_near(telephone)
    _number, x, y = telephone.evaluate(NEAREST)
    _with_a_mouse(telephone, x, y, TO_AND_FRO)
    link = telephone.locator(LINKS).first
    number = link.text_content()
    link.focus()
    with telephone.expect_navigation(wait_until="commit", url=f"**vieta={number}#{number}"):
        telephone.keyboard.press("Enter")


def test_two_thousand_stalls_are_few_elements_wherever_one_looks(telephone: Page) -> None:
    telephone.goto(PLAN)
    telephone.locator("img.leaflet-image-layer").wait_for()
    counted = [telephone.locator("*").count()]
    _open_near(telephone)
    assert telephone.locator(LINKS).count() > 0
    counted.append(telephone.locator("*").count())
    for way in ((-120, -150), (-120, -150), (110, 140)):
        _with_a_finger(telephone, 180, 320, [way])
        telephone.wait_for_timeout(400)
        counted.append(telephone.locator("*").count())
    assert max(counted) <= MOST_ELEMENTS
    assert telephone.url.endswith(PLAN)
