from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from django.db.models.signals import post_save

        from accounts import addresses, audit, changes
        from accounts.models import User

        audit.listen()
        changes.watch(User)
        post_save.connect(addresses.keep, sender=User)
