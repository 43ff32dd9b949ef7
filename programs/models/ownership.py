"""Who may edit which row: one rule, for the admin, its actions and the imports.

An administrator edits all. A coordinator edits the districts and institutions that are theirs, the
institutions of such a district, and whatever belongs to one of these: a row names its owners in
`owners`, and it is yours when one of them is. A link belongs to both of its ends. Nobody else edits.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnedQuerySet(models.QuerySet):
    """Of a model with `owners`: the names of the foreign keys to the rows it belongs to."""

    def editable_by(self, user):
        """The rows this user may change; none once the account is closed."""
        if not user.is_active:
            return self.none()
        if getattr(user, "is_administrator", False):
            return self
        if not getattr(user, "is_coordinator", False):
            return self.none()
        return self.filter(_own(self.model, user, {}))


def _own(model, user, known):
    """The condition; `known`: {model: its own keys}, since a link asks six times for three of them."""
    own = models.Q(pk__in=[])
    if hasattr(model, "editors"):
        assigned = InstitutionEditor.objects.filter(user=user)
        own |= models.Q(pk__in=assigned.assigned_to(model))
    for owner in model.owners:
        related = model._meta.get_field(owner).related_model
        if related not in known:
            theirs = related.objects.filter(_own(related, user, known))
            known[related] = theirs.order_by().values("pk")
        own |= models.Q(**{f"{owner}__in": known[related]})
    return own


def may_edit(user, row):
    """Whether the user may save a row with the values it holds now.

    Asked twice in one: of the row as the database has it, and of the row as it would be, so that
    nothing is taken from somebody else and nothing is given away.
    """
    if row.pk and not type(row).objects.editable_by(user).filter(pk=row.pk).exists():
        return False
    return user.is_administrator or _is_assigned(user, row) or _has_own_owner(user, row)


def _is_assigned(user, row):
    return row.pk and hasattr(row, "editors") and row.editors.filter(user=user).exists()


def _has_own_owner(user, row):
    for name in row.owners:
        pk, model = getattr(row, f"{name}_id"), row._meta.get_field(name).related_model
        if pk and model.objects.editable_by(user).filter(pk=pk).exists():
            return True
    return False


class EditorQuerySet(models.QuerySet):
    def assigned_to(self, model):
        """The keys of the districts, or of the institutions, that are assigned."""
        name = model._meta.model_name
        return self.filter(**{f"{name}__isnull": False}).values(name)


class InstitutionEditor(models.Model):
    """A coordinator's district (with all its institutions) or institution."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="assignments",
        verbose_name=_("coordinator"),
    )
    district = models.ForeignKey(
        "programs.District",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="editors",
        verbose_name=_("district"),
        help_text=_("With all its institutions."),
    )
    institution = models.ForeignKey(
        "programs.Institution",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="editors",
        verbose_name=_("institution"),
    )

    objects = EditorQuerySet.as_manager()

    class Meta:
        ordering = ["user", "district", "institution"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                name="institution_editor_of_one",
                condition=models.Q(district__isnull=False, institution__isnull=True)
                | models.Q(district__isnull=True, institution__isnull=False),
                violation_error_message=_("Choose a district or an institution, one of the two."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", name],
                    condition=models.Q(**{f"{name}__isnull": False}),
                    name=f"institution_editor_of_{name}_unique",
                    violation_error_message=_("This is assigned already."),
                )
                for name in ("district", "institution")
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.district or self.institution}"
