"""How fast a job grows, said by a rule: beside all listed jobs of the region taken together."""

from django.db import models

STEADY = 1  # percent either way over the whole period: as good as no change
ALIKE = 1  # percentage points either way: as fast as all jobs together


class Outlook(models.TextChoices):
    """No labels: a page says it in a sentence with the figures."""

    SHRINKS = "shrinks"
    STEADY = "steady"
    SLOWER = "slower"
    ALIKE = "alike"
    FASTER = "faster"


def outlook(growth, of_all):
    """An Outlook, or None where the job's growth is not known.

    `growth`, `of_all`: percent over the same period, of the job and of all listed jobs together.
    """
    if growth is None:
        return None
    if abs(growth) < STEADY:
        return Outlook.STEADY
    if growth < 0:
        return Outlook.SHRINKS
    if of_all is None or abs(growth - of_all) <= ALIKE:
        return Outlook.ALIKE
    return Outlook.FASTER if growth > of_all else Outlook.SLOWER


def growth_of_all(figures):
    """Percent by which all jobs of some LaborFigures of one release grow together; None without any."""
    known = [(each.jobs, each.growth) for each in figures if None not in (each.jobs, each.growth)]
    jobs = sum(jobs for jobs, _growth in known)
    return round(sum(jobs * growth for jobs, growth in known) / jobs, 1) if jobs else None
