"""How a story is laid out for reading: simple Markdown as a page's paragraphs, or as plain text.

Only paragraphs, emphasis and lists are known; headings become paragraphs, and links, pictures and
HTML stay the letters that they are. A year at a line's start stays a year: Markdown would take
"1987. gadā" for the beginning of a list and lose it.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = {"p", "em", "strong", "ul", "ol", "li", "br"}
_NOT_KNOWN = (
    "code", "fence", "blockquote", "hr", "reference", "html_block",
    "link", "image", "autolink", "html_inline", "backticks", "entity",
)  # fmt: skip
_NUMBERED = re.compile(r"^([ \t]*)(\d{1,9})([.)])(?=\s)")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines separate; single line ends are blanks."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]


@lru_cache(maxsize=512)
def rendered(text: str) -> str:
    """The text as safe HTML of nothing but TAGS, without attributes."""
    import nh3

    tokens = _tokens(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
    parser = _parser()
    made: str = parser.renderer.render(tokens, parser.options, {})
    return nh3.clean(made, tags=TAGS, attributes={}).strip()


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """The text without its marks, one line for each paragraph or point, empty lines between."""
    found: list[str] = []
    number: list[int] = []
    for token in _tokens(text):
        if token.type == "ordered_list_open":
            number.append(0)
        elif token.type == "bullet_list_open":
            number.append(-1)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            number.pop()
        elif token.type == "list_item_open" and number[-1] >= 0:
            number[-1] += 1
        elif token.type == "inline":
            mark = "" if not number else f"{number[-1]}. " if number[-1] > 0 else "– "
            found.append(mark + _letters(token))
    return "\n\n".join(part for part in found if part.strip())


def _letters(inline: "Token") -> str:
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or []
    ]
    return " ".join("".join(parts).split())


def _tokens(text: str) -> "list[Token]":
    return _parser().parse(_with_years(text.strip()))


@cache
def _parser() -> "MarkdownIt":
    # Imported where a story is read, not where the service starts.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(list(_NOT_KNOWN))


def _with_years(text: str) -> str:
    """The text with the numbers at its lines' starts kept from turning into lists.

    Only lines that count 1, 2, 3 … one after another, at least two, are meant as a list.
    """
    lines = text.split("\n")
    counted = _counted(lines)
    return "\n".join(
        line if number in counted else _NUMBERED.sub(r"\1\2\\\3", line)
        for number, line in enumerate(lines)
    )


def _counted(lines: list[str]) -> set[int]:
    """The places of those lines that count from one."""
    found: set[int] = set()
    run: list[int] = []
    for place, line in enumerate([*lines, "end"]):
        mark = _NUMBERED.match(line)
        if mark and int(mark[2]) == len(run) + 1:
            run.append(place)
        elif line.strip() or mark:
            found.update(run if len(run) > 1 else [])
            run = [place] if mark and mark[2] == "1" else []
    return found
