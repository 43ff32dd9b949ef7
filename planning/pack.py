"""Recommendations in the region pack, so that another server and a reload keep them.

Who wrote one does not travel: people have accounts on one server. When it was written does.
"""

from imports.tables import SECTOR, Table
from planning.models import Recommendation

RECOMMENDATIONS = Table(
    "recommendations",
    Recommendation,
    ("gap", "sector"),
    ("gap", "sector", "text_en", "text_es", "status", "written_on"),
    {"sector": SECTOR},
)
