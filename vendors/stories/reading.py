"""How a story is laid out for reading."""

import re


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which empty lines separate; single line ends are blanks."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [" ".join(part.split()) for part in parts if part.strip()]
