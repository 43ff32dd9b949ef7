from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = _("Planning")

    def ready(self):
        from imports import tables
        from planning import models, pack

        models.watch()
        tables.add(pack.RECOMMENDATIONS)
