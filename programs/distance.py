"""Distances as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_MILES = 3958.8
FAR = 40  # miles: more than most people travel to a class


def miles(a, b):
    """Great-circle distance in miles between two (latitude, longitude) points; None if one is unknown."""
    if None in (*a, *b):
        return None
    lat_a, lon_a, lat_b, lon_b = (radians(float(degrees)) for degrees in (*a, *b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(h))
