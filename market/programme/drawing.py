"""Draws a day of the programme as SVG: places as columns, hours as rows.

Looks are told apart without colour: a draft has a dashed border, what clashes a thick one and a
mark, what is cancelled or postponed is struck out; work before and after is hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

AXIS, COLUMN, HEAD = 56, 176, 52
HOUR = 88
GAP = 3
LETTERS_IN_LINE = 21
LINE = 17
GRIP = 44


@dataclass(frozen=True)
class Block:
    """An event on the drawing; minutes count from midnight of the day, past 1440 for the night.

    `look` holds the words of its classes, `says` what is read aloud, `address` leads to its page.
    """

    event_id: int
    column: int
    starts: int
    ends: int
    set_up: int
    clearing: int
    title: str
    hours: str
    look: str
    says: str
    address: str


def timeline_svg(
    columns: Sequence[str], blocks: Sequence[Block], first_hour: int, last_hour: int, title: str
) -> str:
    """The drawing; a block is a link, so that it works with keys and without a script."""
    width, height = AXIS + COLUMN * len(columns), HEAD + HOUR * (last_hour - first_hour) + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="group" '
        f'aria-label="{escape(title)}" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" data-first="{first_hour}" data-hour="{HOUR}" data-column="{COLUMN}" '
        f'data-axis="{AXIS}" data-head="{HEAD}">',
        '<defs><pattern id="work" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V6" class="hatch"/></pattern></defs>',
    ]
    parts += _grid(columns, first_hour, last_hour, width, height)
    lanes = _lanes(blocks)
    for block in blocks:
        parts.append(_block(block, first_hour, *lanes[block.event_id]))
    return "".join((*parts, "</svg>"))


def _grid(columns: Sequence[str], first: int, last: int, width: int, height: int) -> list[str]:
    parts = []
    for hour in range(first, last + 1):
        y = HEAD + (hour - first) * HOUR
        parts.append(f'<path class="hour" d="M{AXIS - 6} {y}H{width}"/>')
        parts.append(f'<text class="clock" x="{AXIS - 10}" y="{y + 5}">{hour % 24}.00</text>')
        if hour < last:
            parts.append(f'<path class="half" d="M{AXIS} {y + HOUR // 2}H{width}"/>')
    for number, name in enumerate(columns):
        x = AXIS + number * COLUMN
        parts.append(f'<path class="half" d="M{x} {HEAD}V{height}"/>')
        for line, text in enumerate(_lines(name, LETTERS_IN_LINE - 2, 2)):
            parts.append(
                f'<text class="place" x="{x + 6}" y="{20 + line * LINE}">{escape(text)}</text>'
            )
    return parts


def _lanes(blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """Beside one another where they overlap: for each its lane, and how many there are."""
    found: dict[int, tuple[int, int]] = {}
    for column in {block.column for block in blocks}:
        here = sorted(
            (block for block in blocks if block.column == column),
            key=lambda one: (one.starts - one.set_up, one.event_id),
        )
        group: list[tuple[Block, int]] = []
        free: list[int] = []
        for block in here:
            begins = block.starts - block.set_up
            if free and begins >= max(free):
                found |= {one.event_id: (lane, len(free)) for one, lane in group}
                group, free = [], []
            lane = next((at for at, ends in enumerate(free) if ends <= begins), len(free))
            ends = block.ends + block.clearing
            free[lane : lane + 1] = [ends]
            group.append((block, lane))
        found |= {one.event_id: (lane, len(free)) for one, lane in group}
    return found


def _block(block: Block, first_hour: int, lane: int, lanes: int) -> str:
    wide = (COLUMN - GAP) / lanes
    x = AXIS + block.column * COLUMN + GAP + lane * wide
    wide -= GAP
    y = HEAD + (block.starts / 60 - first_hour) * HOUR
    high = max((block.ends - block.starts) / 60 * HOUR, 20)
    before, after = block.set_up / 60 * HOUR, block.clearing / 60 * HOUR
    work = ""
    if before:
        work += f'<rect class="work" x="0" y="{-before:g}" width="{wide:g}" height="{before:g}"/>'
    if after:
        work += f'<rect class="work" x="0" y="{high:g}" width="{wide:g}" height="{after:g}"/>'
    letters = int(LETTERS_IN_LINE * wide / COLUMN)
    room = max(int((high - 6) // LINE), 1)
    hours = [block.hours] if len(block.hours) <= letters else block.hours.partition("–")[::2]
    lines = [*hours, *_lines(block.title, letters, max(room - len(hours), 0))]
    if room == 1:
        lines = [_lines(f"{block.hours} {block.title}", letters + 2, 1)[0]]
    said = "".join(_text(text, number) for number, text in enumerate(lines))
    return (
        f'<a href="{escape(block.address)}" class="event {block.look}" '
        f'data-event="{block.event_id}" data-starts="{block.starts}" '
        f'data-length="{block.ends - block.starts}" data-column="{block.column}" '
        f'data-title="{escape(block.title)}" aria-label="{escape(block.says)}" '
        f'transform="translate({x:g} {y:g})">{work}'
        f'<rect class="body" width="{wide:g}" height="{high:g}" rx="6"/>{said}'
        f"{_grip(wide, high)}</a>"
    )


def _text(text: str, number: int) -> str:
    look = ' class="hours"' if number == 0 else ""
    return f'<text{look} x="8" y="{15 + number * LINE}">{escape(text)}</text>'


def _grip(wide: float, high: float) -> str:
    """Where a finger takes hold of a block; elsewhere it moves the page."""
    tall = min(high, GRIP)
    return (
        f'<g class="grip"><rect class="hold" x="{wide - GRIP:g}" y="0" '
        f'width="{GRIP}" height="{tall:g}"/>'
        f'<path class="dots" d="M{wide - 16:g} 9h.1m6 0h.1m-6.2 6h.1m6 0h.1"/></g>'
    )


def _lines(text: str, letters: int, most: int) -> list[str]:
    """A text in at most so many lines; the last ends in "…" where something is left out."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    if len(lines) > most > 0:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return [
        line if len(line) <= letters + 1 else f"{line[: max(letters - 1, 1)]}…"
        for line in lines[:most]
    ]
