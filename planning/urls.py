"""The pages for partners, each below /en/ and /es/."""

from django.urls import path

from planning import views

urlpatterns = [
    path("gaps/", views.overview, name="gaps"),
    path("gaps/report/<slug:slug>/", views.report, name="gap_report"),
    path("gaps/<slug:kind>/", views.gap, name="gap"),
    path("gaps/<slug:kind>.csv", views.table_csv, name="gap_csv"),
    path("gaps/<slug:kind>.xlsx", views.workbook, name="gap_xlsx"),
]
