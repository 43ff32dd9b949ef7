"""Where a gap begins. One place for every number that is our choice and not a fact; the pages state them.

When a job is in demand, the region says: reference.marks.
"""

from decimal import Decimal

# A next step counts as near within this many miles, unless the reader chooses another distance.
DISTANCES = (5, 10, 20, 50)
DISTANCE = 20

# Too few programs: the awards of all of them are less than this share of the openings.
TOO_FEW = Decimal("0.5")

# Far above: more than this many awards for each opening.
FAR_ABOVE = 2

# Low pay: more than this share of the openings are in jobs that pay less than the living wage.
LOW_PAY = Decimal("0.5")
