"""The small drawings of what is on a plan beside the stalls: water, trees, ways and the like."""

from collections.abc import Sequence

INK = "#2a211d"
MOSS = "#3c5a35"

_SIGNS = {
    # Drawn in a box from -1 to 1; `currentColor` is not known to paper, so colours are named.
    "entrance": f'<path d="M-1 -.9L1 0L-1 .9L-.5 0z" fill="{MOSS}"/>',
    "toilet": '<rect x="-1.2" y="-1" width="2.4" height="2" fill="#ffffff" stroke="#2a211d"'
    ' stroke-width=".15"/><text y=".45" font-size="1.25" font-weight="bold" text-anchor="middle"'
    ' fill="#2a211d">WC</text>',
    "water": '<path d="M0 -1C.5 -.3 .75 0 .75 .35A.75 .75 0 0 1 -.75 .35C-.75 0 -.5 -.3 0 -1z"'
    ' fill="#dcecf5" stroke="#1f4e68" stroke-width=".15"/>',
    "bins": '<path d="M-.7 -.5h1.4l-.2 1.5h-1zM-.9 -.75h1.8M-.2 -1h.4" fill="#ffffff"'
    ' stroke="#2a211d" stroke-width=".15"/>',
    "first_aid": '<rect x="-1" y="-1" width="2" height="2" fill="#ffffff" stroke="#8f1d45"'
    ' stroke-width=".15"/><path d="M-.25 -.75h.5v.5h.5v.5h-.5v.5h-.5v-.5h-.5v-.5h.5z"'
    ' fill="#8f1d45"/>',
    "parking": '<rect x="-1" y="-1" width="2" height="2" fill="#1f4e68"/>'
    '<path d="M-.35 .8v-1.5h.5a.45 .45 0 0 1 0 .9h-.5" fill="none" stroke="#ffffff"'
    ' stroke-width=".28"/>',
    "information": '<circle cx="0" cy="0" r="1" fill="#ffffff" stroke="#1f4e68"'
    ' stroke-width=".15"/><path d="M0 -.15v.75" fill="none" stroke="#1f4e68" stroke-width=".3"/>'
    '<circle cx="0" cy="-.5" r=".19" fill="#1f4e68"/>',
    "stage": '<path d="M-1 .7A1 1.4 0 0 1 1 .7z" fill="#efe3d4" stroke="#2a211d"'
    ' stroke-width=".15"/>',
    "tree": f'<circle cx="0" cy="0" r="1" fill="#e6eddc" stroke="{MOSS}" stroke-width=".12"/>'
    f'<path d="M0 .8v-1.2M0 .1l.45 -.45M0 .35l-.45 -.45" fill="none" stroke="{MOSS}"'
    ' stroke-width=".14"/>',
    "lamp_post": '<circle cx="0" cy="0" r=".4" fill="#ffffff" stroke="#2a211d"'
    ' stroke-width=".15"/><path d="M-.9 0h.5M.4 0h.5M0 -.9v.5M0 .4v.5" fill="none"'
    ' stroke="#2a211d" stroke-width=".15"/>',
}
_OTHER = '<circle cx="0" cy="0" r=".6" fill="#ffffff" stroke="#2a211d" stroke-width=".2"/>'

_LINES = {
    "step_free_way": f'stroke="{MOSS}" stroke-width=".35" stroke-dasharray="1 .7"',
    "passage": 'stroke="#8a7d72" stroke-width=".12" stroke-dasharray=".9 .4 .2 .4"',
}
_OUTLINE = 'fill="#f3ede5" stroke="#6f635a" stroke-width=".2"'


def symbol(kind: str, points: Sequence[Sequence[float]], size: float, turn_deg: float = 0) -> str:
    """The drawing of an amenity at its points, in metres; `size` is half a sign's height.

    One point is a sign, turned clockwise by `turn_deg`; several are a way or an outline.
    """
    if len(points) == 1:
        x, y = points[0][0], points[0][1]
        turned = f" rotate({turn_deg:g})" if turn_deg else ""
        return (
            f'<g transform="translate({x:.6g} {y:.6g}) scale({size:.4g}){turned}">'
            f"{_SIGNS.get(kind, _OTHER)}</g>"
        )
    path = "M" + "L".join(f"{round(x, 2):.10g} {round(y, 2):.10g}" for x, y in points)
    if kind in _LINES:
        closed = "z" if kind == "passage" and len(points) > 2 else ""
        return f'<path d="{path}{closed}" fill="none" {_LINES[kind]}/>'
    return f'<path d="{path}z" {_OUTLINE}/>'
