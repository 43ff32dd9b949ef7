"""The six gaps, one module each: `find(facts, scope)` computes, from rows in memory, without a query.

A gap is counted the cautious way: where a rule could be read in two ways, the one is used that leaves
fewer gaps. What cannot be counted for want of a fact is set apart with the reason, never counted as 0.
"""

from planning.gaps import acceleration, coverage, demand, feeders, next_step, supply
from planning.models import Kind

GAPS = {
    Kind.NEXT_STEP: next_step,
    Kind.FEEDERS: feeders,
    Kind.ACCELERATION: acceleration,
    Kind.DEMAND: demand,
    Kind.SUPPLY: supply,
    Kind.COVERAGE: coverage,
}


MOST_KEPT = 300


def find(kind, facts, scope):
    """Found of the gap's module. A question asked before is answered from memory, as long as the facts hold."""
    kept = facts.found
    found = kept.get((kind, scope))
    if found is None:
        found = GAPS[kind].find(facts, scope)
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[kind, scope] = found
    return found
