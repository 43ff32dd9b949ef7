"""What could lead to a person is taken out of a text; what a program or a school is called by stays."""

import pytest

from finder.personal import tidy, without_personal

PHONE, EMAIL, LINK = "[phone number removed]", "[e-mail address removed]", "[link removed]"
ADDRESS, NUMBER = "[address removed]", "[number removed]"

TAKEN_OUT = [
    ("619-555-0123", PHONE),
    ("(619) 555-0123", PHONE),
    ("(619)555-0123", PHONE),
    ("619.555.0123", PHONE),
    ("619 555 0123", PHONE),
    ("6195550123", PHONE),
    ("1-619-555-0123", PHONE),
    ("+1 (619) 555 0123", PHONE),
    ("619–555–0123", PHONE),
    ("619·555·0123", PHONE),
    ("619.555.0123x12", PHONE),
    ("619-555-0123 ext. 12", PHONE),
    ("619•555•0123", PHONE),
    ("619*555*0123", PHONE),
    ("6 1 9 5 5 5 0 1 2 3", PHONE),
    ("555-0123", PHONE),
    ("664 123 4567", PHONE),
    ("664 123 45 67", PHONE),
    ("(664) 123-45-67", PHONE),
    ("+52 664 123 4567", PHONE),
    ("+52 1 664 123 4567", PHONE),
    ("+526641234567", PHONE),
    ("55 1234 5678", PHONE),
    ("(55) 1234-5678", PHONE),
    ("044 664 123 4567", PHONE),
    ("01 686 557 89 10", PHONE),
    ("557-89-10", PHONE),
    ("6-1-9-5-5-5-0-1-2-3", PHONE),
    ("619,555,0123", PHONE),
    ("619|555|0123", PHONE),
    ("66 41 23 45 67", PHONE),
    ("phone6195550123", PHONE),
    ("ana@example.org", EMAIL),
    ("ana.maria+school@mail.example.com.mx", EMAIL),
    ("ana @ example.org", EMAIL),
    ("ana [at] example [dot] org", EMAIL),
    ("ana (arroba) example (punto) org", EMAIL),
    ("ana arroba example punto com", EMAIL),
    ("@ana_88", EMAIL),
    ("ana @ example . org", EMAIL),
    ("ana.lopez@gmail,com", EMAIL),
    ("ana_at_example.org", EMAIL),
    ("instagram: ana_ruiz88", EMAIL),
    ("ana en gmail punto com", EMAIL),
    ("https://example.org/a?b=c", LINK),
    ("www.example.org", LINK),
    ("example.com/me", LINK),
    ("hoover.sandi.k12.ca.us", LINK),
    ("bit.ly/abc", LINK),
    ("t.me/ana", LINK),
    ("123 Main Street", ADDRESS),
    ("4567 W. El Cajon Blvd. #12", ADDRESS),
    ("4567 el cajon blvd", ADDRESS),
    ("12 Oak Court", ADDRESS),
    ("789 Camino Real Way, Apt 4", ADDRESS),
    ("1024 54th St.", ADDRESS),
    ("Calle Juárez 123", ADDRESS),
    ("Calle 5 de Mayo #123", ADDRESS),
    ("Av. Revolución #1024", ADDRESS),
    ("Blvd. Agua Caliente No. 10", ADDRESS),
    ("4567 El Cajon Blvd Apt 3", ADDRESS),
    ("2345 Camino del Rio South", ADDRESS),
    ("1234 Paseo Ranchero", ADDRESS),
    ("8890 Vía de la Valle, Apt 4", ADDRESS),
    ("4567 Avenida de la Playa", ADDRESS),
    ("890 Calle Primera", ADDRESS),
    ("9 Elm Street", ADDRESS),
    ("12345 Highway 94", ADDRESS),
    ("1055 Broadway", ADDRESS),
    ("123 Harbor Plaza", ADDRESS),
    ("123½ Main St", ADDRESS),
    ("C. Hidalgo 45", ADDRESS),
    ("Priv. Las Flores 12", ADDRESS),
    ("C/ Mayor 5", ADDRESS),
    ("c. Juárez 12", ADDRESS),
    ("Paseo de la Reforma 222", ADDRESS),
    ("Cda. Hidalgo 33", ADDRESS),
    ("Andador 3 casa 12", ADDRESS),
    ("Mz 4 Lt 5", ADDRESS),
    ("P.O. Box 1234", ADDRESS),
    ("Apartado postal 88", ADDRESS),
    ("123-45-6789", NUMBER),
    ("GODE561231MDFRRN09", NUMBER),
]
KEPT = [
    "It is in room 204 now.",
    "Room 1204, building 12",
    "El salón 12-204 está cerrado",
    "MEDT 101 is now MEDT 101A",
    "CIS 120-150 and WELD-100.2",
    "Courses 8105, 8106 and 4473, 4474",
    "The CDS code is 37683380101345",
    "The CDS code is 37-68338-0101345",
    "CDS 37 68338 0101345",
    "TOP 095650, CIP 48.0508, SOC 51-4121, IPEDS 122339",
    "control number 12345",
    "It costs $1,234.50, not $6195550123",
    "$46 a unit, 16 to 18.5 units, 1,200 hours",
    "Since 2024-2025, or 2024-25, until 2026-09-14 or 9/14/2026",
    "ZIP code 92101 or 92101-1234",
    "Grades 9-12, 25 students, 3.5 years",
    "101 Legal Office Court Reporting is no longer taught",
    "There are 12 courses at St. Augustine High",
    "10 students drive to the college",
    "Room 204 Main Street wing",
    "La escuela privada cobra 500 pesos",
    "The program moved from Mesa to City College in 2025.",
    "No.Ahora es otro curso",
    "call 911",
    "Quiero saber en qué punto está mi solicitud",
    "La inscripción está cerrada desde hace 3 semanas",
    "Fuimos de paseo escolar con 30 alumnos",
    "My daughter got a C. She has 15 units left",
    "Me gustó el programa.Me interesa el otro",
    "It is a 5 minute drive. The 2 year program takes place in El Cajon",
    "Only 10 via Teams were offered",
    "Steps 1 2 3 4 5 6 7 are missing",
    "Curso 101 via Zoom",
    "101 via Zoom los lunes",
    "It moved to 2 Camino schools",
    "Students learned ASP.NET in 2024",
    "The route 5 bus and highway 94 are near",
    "Hours are 10,000 or 1,200,000",
    "Rooms 10 12 14 16 18 are open",
]


@pytest.mark.parametrize(("written", "mark"), TAKEN_OUT)
def test_what_leads_to_a_person_is_taken_out(written, mark):
    assert without_personal(f"Tell me: {written}, please") == f"Tell me: {mark}, please"


@pytest.mark.parametrize(("written", "mark"), TAKEN_OUT)
def test_it_is_taken_out_wherever_it_stands(written, mark):
    assert without_personal(written) == mark
    assert without_personal(f"Gone.\n{written}\nGone.") == f"Gone.\n{mark}\nGone."


@pytest.mark.parametrize("written", KEPT)
def test_what_names_a_room_a_course_a_code_or_a_sum_stays(written):
    assert without_personal(written) == written


def test_all_of_a_text_is_searched():
    written = "I am at 12 Oak Lane, 619-555-0123 or 664 123 45 67, ana@example.org."

    assert without_personal(written) == f"I am at {ADDRESS}, {PHONE} or {PHONE}, {EMAIL}."


def test_nothing_invisible_hides_a_number():
    assert without_personal(tidy("６１９－５５５－０１２３")) == PHONE
    assert without_personal(tidy("619\u200d555\u200d0123")) == PHONE
    assert without_personal(tidy("ana@example\u200d.org")) == EMAIL
    assert without_personal(tidy("619\u200b-555\u2060-01\u00ad23\x00")) == PHONE
