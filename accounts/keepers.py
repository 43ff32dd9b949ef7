"""Somebody must always be able to let people in: the last administrator stays."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User

LAST = _("There must be one more administrator before this one can go.")
ONESELF = _("You cannot take your own rights away. Ask another administrator.")


def why_not(by, user):
    """Why `by` may not delete, close or demote this user, or None. Two who demote each other at one
    moment: the second is no administrator any more by the time this is asked."""
    if not user.is_administrator:
        return None
    if by == user:
        return ONESELF
    others = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    return None if others.exists() else LAST
