"""A reader says what is wrong with a page, without a script and without a cookie."""

import pytest
from django.core.cache import cache

from finder import sender
from programs.models import Program, Suggestion


@pytest.fixture
def no_wait(monkeypatch):
    """A browser writes faster than a person."""
    monkeypatch.setattr(sender, "QUICKEST", 0)
    cache.clear()


@pytest.mark.parametrize("script", [True, False])
def test_from_a_program_to_thanks_and_back(visit, no_wait, script):
    page = visit("/es/programs/patient-care-hoover-high/", java_script_enabled=script)

    page.get_by_role("link", name="¿Hay un error aquí?").first.click()
    page.get_by_label("Ya no es así").check()
    page.get_by_label("Cuéntanos en pocas palabras").fill("Ahora es en el salón 204, 619-555-0123")
    page.get_by_role("button", name="Enviar").click()
    page.get_by_role("heading", name="Gracias").wait_for()
    page.get_by_role("link", name="Volver a la página").click()
    page.get_by_role("heading", name="Atención al Paciente").first.wait_for()

    suggestion = Suggestion.objects.get()
    assert suggestion.program == Program.objects.get(slug="patient-care-hoover-high")
    assert suggestion.text == "Ahora es en el salón 204, [número de teléfono eliminado]"
