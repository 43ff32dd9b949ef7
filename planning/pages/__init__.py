"""What the pages, files and reports say of each gap. `planning.gaps` computes, this package words it."""

from planning.models import Kind
from planning.pages import acceleration, coverage, demand, feeders, next_step, supply

PAGES = {
    Kind.NEXT_STEP: next_step,
    Kind.FEEDERS: feeders,
    Kind.ACCELERATION: acceleration,
    Kind.DEMAND: demand,
    Kind.SUPPLY: supply,
    Kind.COVERAGE: coverage,
}


def page(kind, facts, scope):
    """The gap in the active language: a `cells.Page`."""
    return PAGES[kind].page(facts, scope)
