"""Which courses begin, continue and end a pathway in San Diego Unified's high schools.

Publisher: San Diego Unified School District, College, Career and Technical Education, 2018. Part
of `uc_ag`, not a source of its own: it only gives a course its level.

Oddities. Each row has two numbers (first and second semester), sometimes the same twice. What the
district calls "intermediate" is the state's "concentrator". Some numbers stand in several pathways;
a level holds within its pathway only.
"""

from collections import defaultdict

from imports.sources.reading import read_table

RELEASE = {
    "slug": "sdusd-ccte-sequences-2018",
    "publisher": "San Diego Unified School District",
    "name": "CCTE pathway course sequences",
    "vintage": "2018",
    "as_of": "2018",
    "licence": "",
    "url": "",
    "note_en": "Introductory, intermediate and capstone courses of each pathway in San Diego "
    "Unified; from 2018, so newer courses have no level.",
    "note_es": "Cursos introductorios, intermedios y finales de cada trayectoria en San Diego "
    "Unified; son de 2018, por lo que los cursos más nuevos no tienen nivel.",
}
HEADINGS = ("sector", "pathway", "level", "course_number_1", "course_number_2")
LEVELS = {
    "introductory": "introductory",
    "intermediate": "concentrator",
    "capstone": "capstone",
}


def read_levels(file, labels):
    """{(pathway slug, course number): {level}}; `labels` is {(sector, pathway label): pathway slug}."""
    found = defaultdict(set)
    for _line, row in read_table(file, HEADINGS):
        pathway, level = labels.get((row["sector"], row["pathway"])), LEVELS.get(row["level"])
        if pathway and level:
            for name in ("course_number_1", "course_number_2"):
                found[pathway, row[name]].add(level)
    return found
