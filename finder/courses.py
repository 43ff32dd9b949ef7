"""A program's courses as a reader takes them: what is called the same once, in turn where that is known."""

from typing import NamedTuple

from programs.models import Course


class Taken(NamedTuple):
    """One course, or several of one name and level: its program's own Course, their numbers, how many."""

    course: Course
    codes: list  # may be empty
    count: int
    follows: bool  # whether it is known to come after the one before it


def in_turn(courses):
    """[Taken] of Courses in their order."""
    groups = {}
    for course in courses:
        groups.setdefault(_said(course), []).append(course)
    found, last = [], None
    for one, *others in groups.values():
        codes = [course.code for course in (one, *others) if course.code]
        found.append(Taken(one, codes, 1 + len(others), _follows(last, one)))
        last = one
    return found


def is_sequence(courses):
    """Whether the source says of every course at which level it is taken, and none steps back."""
    levels = [_level(course) for course in courses]
    return None not in levels and levels == sorted(levels)


def _said(course):
    """All that a reader sees of a course but its number."""
    return course.title_en, course.sequence, course.units, course.length, course.a_g


def _follows(one, other):
    """An arrow is said only of an introduction and what builds on it: two capstones are a choice."""
    known = one is not None and one.sequence and other.sequence
    return bool(known) and _level(one) < _level(other)


def _level(course):
    return Course.Sequence.values.index(course.sequence) if course.sequence else None
