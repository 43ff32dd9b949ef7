"""allauth's table of addresses, kept the same as `User.email`: whatever door a user came in by.

The address counts as verified. An administrator entered it, and whoever has no password yet can only
choose one by a link that went to it or was handed over.
"""

from allauth.account.models import EmailAddress


def keep(sender, instance, raw=False, **kwargs):
    """After every save of a user."""
    if raw or EmailAddress.objects.filter(**_row(instance)).exists():
        return
    EmailAddress.objects.filter(user=instance).delete()
    EmailAddress.objects.create(**_row(instance))


def _row(user):
    return {"user": user, "email": user.email, "verified": True, "primary": True}
