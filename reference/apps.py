from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferenceConfig(AppConfig):
    name = "reference"
    verbose_name = _("Published facts")

    def ready(self):
        from accounts import changes

        changes.watch(*self.get_models())
