"""A program that a file moves to another school takes its agreements along, as it does in its form."""

from django.db.models import Q

from imports.tables import BY_NAME
from programs.models import ProgramLink

LINKS = BY_NAME["links"]
ENDS = (("from_program", "from_institution"), ("to_program", "to_institution"))


class Moves:
    """The programs that a file moves, noted as its rows are read."""

    def __init__(self):
        self._moved = {}  # {program: (place in the file, the school it leaves, the school it goes to)}

    def note(self, program, place, old, new):
        if old["institution"] != new["institution"]:
            self._moved[program] = place, old["institution"], new["institution"]

    def row(self, table, row):
        """A row of a file: the school that a moved program leaves means, beside it, the one it goes to."""
        if table is not LINKS:
            return row
        found = {}
        for program, school in ENDS:
            _place, left, reached = self._moved.get(row.get(program), (None, None, None))
            if left and row.get(school) == left:
                found[school] = reached
        return row | found

    def followers(self, named):
        """[(place of its program, {column: text})] of the agreements that the file does not name."""
        at_ends = Q(from_program__slug__in=self._moved) | Q(to_program__slug__in=self._moved)
        links = ProgramLink.objects.filter(at_ends) if self._moved else ProgramLink.objects.none()
        columns = ["slug", *(name for end in ENDS for name in end)]
        rows = [row for _pk, row in LINKS.read(links, columns) if (row["slug"],) not in named]
        return [(self._place(row), row) for row in rows]

    def _place(self, row):
        program = next(row[name] for name, _school in ENDS if row[name] in self._moved)
        return self._moved[program][0]
