"""The public pages, each below /en/ and /es/."""

from django.urls import path

from finder.views import (
    careers,
    content,
    institutions,
    programs,
    routes,
    search,
    sectors,
    suggestions,
)

urlpatterns = [
    path("", content.home, name="home"),
    path("programs/", search.programs, name="programs"),
    path("programs.csv", search.programs_csv, name="programs_csv"),
    path("suggest/", search.suggest, name="suggest"),
    path("programs/<slug:slug>/", programs.program, name="program"),
    path("sectors/", sectors.sectors, name="sectors"),
    path("sectors/<slug:slug>/", sectors.sector, name="sector"),
    path("sectors/<slug:slug>/map.svg", sectors.sector_svg, name="sector_svg"),
    path("pathways/<slug:slug>/", sectors.pathway, name="pathway"),
    path("pathways/<slug:slug>/map.svg", sectors.pathway_svg, name="pathway_svg"),
    path("routes/", routes.routes, name="routes"),
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/<slug:slug>/", institutions.institution, name="institution"),
    path("careers/", careers.careers, name="careers"),
    path("careers/<slug:slug>/", careers.career, name="career"),
    path("glossary/", content.glossary, name="glossary"),
    path("about-the-data/", content.about_the_data, name="about_the_data"),
    path("something-wrong/", suggestions.something_wrong, name="something_wrong"),
    path("something-wrong/thanks/", suggestions.thanks, name="thanks"),
]
