"""schema.org for a program: EducationalOccupationalProgram, in the page's language.

https://schema.org/EducationalOccupationalProgram. Pay is left out on purpose: our figures are about an
occupation, not about people who completed the program.
"""

import json

from django.conf import settings

from programs.models import Program

MODES = {
    Program.Delivery.ONLINE: "online",
    Program.Delivery.HYBRID: "blended",
    Program.Delivery.IN_PERSON: "onsite",
}


def program(program, *, language, state, awards, courses, occupations):
    """The page's data block as JSON text that is safe inside a <script> element."""
    facts = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalProgram",
        "@id": f"{settings.SITE_URL}{program.get_absolute_url()}",
        "url": f"{settings.SITE_URL}{program.get_absolute_url()}",
        "name": str(program.title),
        "description": str(program.description),
        "inLanguage": language,
        "identifier": program.ctid,
        "provider": _provider(program.institution, state),
        "educationalProgramMode": MODES.get(program.delivery),
        "educationalCredentialAwarded": _credentials(awards),
        "occupationalCategory": [_occupation(occupation) for occupation in occupations],
        "hasCourse": [_course(course, program.institution) for course in courses],
        "offers": _offer(program),
        "sameAs": program.url,
    }
    return _block(facts)


def institution(institution, state):
    """A school or college as an EducationalOrganization."""
    return _block({"@context": "https://schema.org", **_provider(institution, state)})


def _block(facts):
    """JSON that cannot close its <script> element; empty facts are left out."""
    text = json.dumps({name: fact for name, fact in facts.items() if fact}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _provider(institution, state):
    address = {
        "@type": "PostalAddress",
        "streetAddress": institution.street,
        "addressLocality": institution.city,
        "postalCode": institution.zip_code,
        "addressRegion": state,
        "addressCountry": "US",
    }
    return {
        "@type": "EducationalOrganization",
        "name": institution.name,
        "url": institution.url or f"{settings.SITE_URL}{institution.get_absolute_url()}",
        "address": {name: fact for name, fact in address.items() if fact},
    }


def _credentials(awards):
    """The kinds of award in the page's language, each once."""
    return list(dict.fromkeys(str(award.get_credential_display()) for award in awards))


def _occupation(occupation):
    return {
        "@type": "CategoryCode",
        "inCodeSet": "https://www.bls.gov/soc/2018/",
        "codeValue": occupation.soc,
        "name": str(occupation.title),
    }


def _course(course, institution):
    """A course says its language where its title is not in the page's."""
    facts = {
        "@type": "Course",
        "name": str(course.title),
        "inLanguage": course.title.lang,
        "courseCode": course.code,
        "provider": {"@type": "EducationalOrganization", "name": institution.name},
    }
    return {name: fact for name, fact in facts.items() if fact}


def _offer(program):
    if program.cost == Program.Cost.FREE:
        return {"@type": "Offer", "price": "0", "priceCurrency": "USD"}
    return None
