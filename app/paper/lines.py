"""Vendors' own words on paper: only letters that our fonts have, broken into lines."""

from app.paper.sheet import Face, Sheet


def printable(sheet: Sheet, text: str) -> str:
    """Text without what our fonts cannot show, such as small pictures in a name."""
    known = sheet.fonts["regular"].cmap  # type: ignore[union-attr]
    kept = "".join(char if ord(char) in known or char.isspace() else " " for char in text)
    return " ".join(kept.split())


def broken(
    sheet: Sheet, text: str, width: float, *, points: float, face: Face, most: int
) -> list[str]:
    """Text in lines no wider than `width` millimetres, at most so many; the last takes the rest.

    Whatever of the rest does not fit, `put_line` makes smaller or ends in "…".
    """
    sheet.set_font(face, size=points)
    lines: list[str] = []
    words = printable(sheet, text).split()
    line = ""
    for number, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if line and sheet.get_string_width(longer) > width:
            lines.append(line)
            if len(lines) == most - 1:
                return [*lines, " ".join(words[number:])]
            longer = word
        line = longer
    return [*lines, line] if line else lines
