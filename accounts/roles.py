"""What each role may do, model by model. Which rows a coordinator may touch is `editable_by`'s matter.

Administrators may do everything and need no line here; everybody who signs in may look at everything
that the region works on.
"""

from django.contrib.auth.backends import BaseBackend

from accounts.models import Role

SEEN = ("reference", "programs", "planning")  # apps whose rows all staff may look at
UNSEEN = {"programs.view_institutioneditor"}

COORDINATED = {
    "programs": {
        "institution": ("change",),
        "institutionname": ("add", "change", "delete"),
        "program": ("add", "change"),
        "course": ("add", "change", "delete"),
        "award": ("add", "change", "delete"),
        "programlink": ("add", "change", "delete"),
        "programoccupation": ("add", "change", "delete"),
        "opportunity": ("add", "change", "delete"),
        "suggestion": ("change",),
    },
    "imports": {"importrun": ("view", "add", "change")},
}
PLANNED = {"planning": {"recommendation": ("add", "change", "delete")}}

GRANTS = {Role.COORDINATOR: COORDINATED, Role.PLANNER: PLANNED, Role.READER: {}}


def permissions(role):
    """{"programs.change_program", …}: what a role may do besides looking."""
    return {
        f"{app}.{verb}_{model}"
        for app, models in GRANTS.get(role, {}).items()
        for model, verbs in models.items()
        for verb in verbs
    }


class RoleBackend(BaseBackend):
    """Answers permission questions from the role; signing in is another backend's work."""

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or not hasattr(user_obj, "role"):
            return False
        app, _, codename = perm.partition(".")
        if codename.startswith("view_") and app in SEEN and perm not in UNSEEN:
            return True
        return perm in permissions(user_obj.role)

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active or not hasattr(user_obj, "role"):
            return False
        return app_label in SEEN or app_label in GRANTS.get(user_obj.role, {})
