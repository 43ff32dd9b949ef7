"""The drawing in docs/architecture.md is true: imports only run downward."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "accounts": 0,
    "reference": 1,
    "programs": 2,
    "finder": 3,
    "imports": 3,
    "planning": 4,  # its pages stand in the finder's frame
    "pathways": 5,
}


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module]
        else:
            continue
        yield from (name.split(".")[0] for name in names if name.split(".")[0] in FLOORS)


@pytest.mark.parametrize("app", FLOORS)
def test_an_app_imports_only_itself_and_floors_below(app):
    above = {
        f"{path.relative_to(ROOT)} imports {other}"
        for path in (ROOT / app).rglob("*.py")
        for other in imported_apps(path)
        if other != app and FLOORS[other] >= FLOORS[app]
    }

    assert above == set()


def test_the_floors_are_the_apps_of_the_tree():
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert apps | {"pathways"} == set(FLOORS)
