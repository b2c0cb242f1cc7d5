"""Where on earth things are: from metres on a plan to latitude and longitude, and distances."""

from math import asin, cos, hypot, radians, sin, sqrt

from market.places.models import Site, StallOnPlan

EARTH_KM = 6371.0
METRES_PER_DEGREE = 111_320.0


def place_on_earth(site: Site, x_m: float, y_m: float) -> tuple[float, float]:
    """Latitude and longitude of a point of a site's plan, in degrees.

    `x_m` runs to the right and `y_m` downwards from the plan's upper left corner, whose place is
    the site's; the plan's top looks towards `bearing_deg`. Flat-earth arithmetic: on a plan of
    2 km the error stays under a metre.
    """
    turn = radians(site.bearing_deg)
    north = -y_m * cos(turn) - x_m * sin(turn)
    east = x_m * cos(turn) - y_m * sin(turn)
    lat = site.lat + north / METRES_PER_DEGREE
    lon = site.lon + east / (METRES_PER_DEGREE * cos(radians(site.lat)))
    return round(lat, 6), round(lon, 6)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The distance of two places in a straight line, in kilometres (haversine)."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_KM * asin(sqrt(chord))


def metres_apart(spot: StallOnPlan, x_m: float, y_m: float) -> float:
    """The distance of a stall's centre from a point of the same plan, in metres."""
    return hypot(spot.x_m - x_m, spot.y_m - y_m)


def corners(spot: StallOnPlan) -> tuple[tuple[float, float], ...]:
    """The four corners of a stall on the plan, in metres, clockwise from its upper left."""
    turn = radians(spot.angle_deg)
    half_width, half_depth = spot.width_m / 2, spot.depth_m / 2
    around = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return tuple(
        (
            spot.x_m + side * half_width * cos(turn) - front * half_depth * sin(turn),
            spot.y_m + side * half_width * sin(turn) + front * half_depth * cos(turn),
        )
        for side, front in around
    )
