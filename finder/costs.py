"""What a program's cost note adds to its cost."""

import re

from programs.models import Program

# A note that says no more than the cost: "free (2020-21)" leaves its year.
SAYS_FREE = re.compile(r"(?:free|no cost)\s*(\(\d{4}(?:-\d\d)?\))?", re.IGNORECASE)


def cost_note(program):
    """The note without what the cost says already; may be empty."""
    says_free = SAYS_FREE.fullmatch(program.cost_note)
    if program.cost == Program.Cost.FREE and says_free:
        return says_free[1] or ""
    return program.cost_note
