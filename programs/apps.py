from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "programs"
    verbose_name = _("Programs and schools")

    def ready(self):
        from accounts import changes
        from programs import catalogue
        from programs.models import Catalogue, LinkCheck

        catalogue.watch()
        changes.watch(
            *(model for model in self.get_models() if model not in {Catalogue, LinkCheck})
        )
