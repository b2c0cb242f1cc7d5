"""Draws the picture of a farm: its subject large in front of the landscape it lies in.

The pictures are cut like coloured linocuts: flat shapes, few colours, the strokes of a gouge,
dark outlines around the subject only, and one rose-red thing in each. They need nothing but
themselves: no style sheet, script, text, font, id or address, so that a page may hold many.
"""

from hashlib import sha256
from random import Random

from . import scenes, subjects
from .palette import LIGHTS
from .sheet import HEIGHT, WIDTH, group

SCENES = tuple(scenes.SCENES)
SUBJECTS = tuple(subjects.SUBJECTS)


def draw(scene: str, subject: str, seed: str) -> str:
    """A complete SVG document of 480 by 320 units, about 8 kB, the same for the same arguments.

    The seed, usually the vendor's slug, chooses the light, the lie of the land, trees, clouds
    and small things. Raises ValueError for a scene or subject that nobody has drawn.
    """
    known("scene", scene, SCENES)
    known("subject", subject, SUBJECTS)
    random = Random(sha256(f"{scene}/{subject}/{seed}".encode()).digest())  # noqa: S311 (chance, not secrets)
    light = random.choice(LIGHTS)
    land = scenes.landscape(scene, random, light)
    if random.random() < 0.5:
        land = group(land, transform=f"matrix(-1 0 0 1 {WIDTH} 0)")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" fill="none"'
        ' stroke-linecap="round" stroke-linejoin="round">'
        f"{land}{subjects.figure(subject, random)}</svg>\n"
    )


def known(what: str, key: str, keys: tuple[str, ...]) -> None:
    """Refuses a key that is not among the known ones, and names them."""
    if key not in keys:
        raise ValueError(f"There is no {what} “{key}”; known are {', '.join(keys)}.")
