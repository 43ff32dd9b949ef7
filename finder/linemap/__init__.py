"""What a line map shows: the stops, signs and links of one or more branches, in the reader's words.

The drawing (finder.layout, components/linemap.html) and its twin, the list, are made from the same
nodes and edges, in the same order. Nothing here is a position, and nothing is read from the database.
"""

from finder.linemap.maps import institution_map, job_map, pathway_map, sector_map
from finder.linemap.parts import CAREER, ZONES, Band, Edge, Head, Item, Line, LineMap, Node
from finder.linemap.view import View

__all__ = [
    "CAREER",
    "ZONES",
    "Band",
    "Edge",
    "Head",
    "Item",
    "Line",
    "LineMap",
    "Node",
    "View",
    "institution_map",
    "job_map",
    "pathway_map",
    "sector_map",
]
