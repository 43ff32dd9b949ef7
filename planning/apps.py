from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "planning"
    verbose_name = _("Planning")

    def ready(self):
        from accounts import changes
        from imports import tables
        from planning import models, pack

        models.watch()
        changes.watch(models.Recommendation)
        tables.add(pack.RECOMMENDATIONS)
