"""Words of help beside the fields: what to write, with an example. In the pages, not in the models, so
that a better word needs no migration."""

from django.utils.translation import gettext_lazy as _

TITLE = _("The name of the program, as students know it. Example: Welding Technology.")
SPANISH = _("Empty until somebody has translated it: the page then shows the English text.")

HELP = {
    "program.institution": _("The school or college that teaches it."),
    "program.title_en": TITLE,
    "program.title_es": SPANISH,
    "program.description_en": _(
        "Two or three short sentences for a student: what you learn, and what it leads to. "
        "Example: Learn to join metal safely. You practice on real machines and can pass the test "
        "for a welder’s certificate."
    ),
    "program.description_es": SPANISH,
    "program.sector": _("The industry sector of California’s model curriculum."),
    "program.pathway": _("The pathway within the sector. It puts the program on the maps."),
    "program.audience": _(
        "Who may sign up. A high school class open to every school of the district is for "
        "“students of the district”."
    ),
    "program.grades": _("Only for schools, from K to 12. Example: 10-12."),
    "program.cost": _("What the student pays to take part, not books or tools."),
    "program.cost_note": _("In the words of the school. Example: $46 a unit; fee waiver possible."),
    "program.length": _("How long it takes. Example: 2 semesters, or 18 weeks."),
    "program.delivery": _("Where students learn."),
    "program.schedule": _("When most classes are held."),
    "program.language": _("Only where it is known."),
    "program.url": _("The page about this very program, not the front page of the school."),
    "program.contact": _("An office with its phone or e-mail. Example: CTE office, 619-555-0100."),
    "program.top_code": _("Type a number or a word. Example: 0956.50 or welding."),
    "program.cip_code": _("Type a number or a word. Example: 48.0508 or welding."),
    "program.status": _(
        "A draft is seen by staff only. A retired program is kept, but leaves the public pages."
    ),
    "program.slug": _(
        "The last part of the page’s address: small letters, digits and hyphens. Leave it empty for a "
        "new page. If you change it, the former address leads to the new one."
    ),
    "institution.slug": _(
        "The last part of the page’s address: small letters, digits and hyphens. Leave it empty for a "
        "new page. If you change it, the former address leads to the new one."
    ),
    "institution.name": _("The full name. Short names that people use go below, under other names."),
    "institution.grades": _("From the first to the last grade. Example: 9-12."),
    "institution.url": _("The front page of the school or college."),
    "institution.phone": _("With area code. Example: 619-555-0100."),
    "course.position": _("1 for the first course, 2 for the next: the page lists them in this order."),
    "course.sequence": _("Introductory, then concentrator; the capstone comes last."),
    "course.code": _("The school’s own number of the course. Example: WELD 101."),
    "course.title_en": _("As in the catalog. Example: Introduction to Welding."),
    "course.title_es": SPANISH,
    "course.units": _("College units, for college courses. Example: 3."),
    "course.a_g": _("The letter of the UC subject, only for approved courses. Example: G."),
    "award.credential": _("What the student leaves with."),
    "award.level": _("In the words of the catalog. Example: Certificate (16 to 30 semester units)."),
    "award.title": _("The full title. Example: Certificate of Achievement in Welding."),
    "award.units": _("Units to complete. Example: 18-24."),
    "award.hours": _("For noncredit and adult classes. Example: 240."),
    "award.control_number": _("The state’s number of the award, five digits, where there is one."),
    "programlink.kind": _("Articulation: a high school course counts at the college."),
    "programlink.from_district": _("Only for an agreement of the whole district."),
    "programlink.from_institution": _("The school that the student comes from."),
    "programlink.from_program": _("Leave it empty when the link is about the whole school."),
    "programlink.from_course": _("The student’s course. Example: Medical Core."),
    "programlink.to_institution": _("The college that takes the student."),
    "programlink.to_district": _("Only for an agreement with a whole college district."),
    "programlink.to_program": _("Leave it empty when the link is about the whole college."),
    "programlink.to_course_code": _("Example: MEDA 055."),
    "programlink.to_course": _("The college course that the student gets credit for."),
    "programlink.sector": _("Only when no program is named: the field the link is about."),
    "programlink.pathway": _("Only when no program is named: the field the link is about."),
    "programlink.units": _("College units that the student gets. Example: 3, or 3-5."),
    "programlink.min_grade": _("The grade the college asks for. Example: B or better."),
    "programlink.valid_from": _("A school year. Example: 2025-26."),
    "programlink.valid_until": _(
        "The last school year of the agreement. Example: 2026-27. Empty if it has no end."
    ),
    "programlink.todo_en": _(
        "What the student must do to get the credit, step by step. Example: Make a college account, "
        "then ask your teacher for the credit form before May."
    ),
    "programlink.todo_es": SPANISH,
    "opportunity.kind": _("One word. Example: internship, visit, competition."),
    "opportunity.title_en": _("What it is called. Example: Summer internship at the shipyard."),
    "opportunity.title_es": SPANISH,
    "opportunity.audience": _("Who may take part. Example: grades 11 and 12."),
    "opportunity.institution": _("The school that offers it."),
    "opportunity.district": _("The district, when all its schools take part."),
    "release": _("Where the facts come from."),
    "source_url": _("The page where you read it, so that others can check."),
    "as_of": _(
        "How old the facts are: a school year, a year, a month or a day. Example: 2026-27, or 2026-11-25."
    ),
    "verified_on": _(
        "The day somebody checked that all of this is right, as 2026-11-25. The button “Save: all of it is "
        "right” sets it."
    ),
    "confirmed_on": _("The day both sides confirmed the agreement, as 2026-11-25."),
}  # fmt: skip


class Helped:
    """For a ModelAdmin or an inline: a model's own help text stays where there are no words here."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        name = f"{db_field.model._meta.model_name}.{db_field.name}"
        words = HELP.get(name) or HELP.get(db_field.name)
        if field is not None and words:
            field.help_text = words
        return field
