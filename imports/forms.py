"""The page where a file is uploaded."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from imports import sources
from imports.models import ImportRun


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file, or several of one official release."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) and data else [data or None]
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    """`source`, `vintage` and `licence` are for administrators; a coordinator uploads workbooks."""

    files = FilesField(label=gettext_lazy("File"))
    source = forms.ChoiceField(label=gettext_lazy("Kind of file"), initial=ImportRun.WORKBOOK)
    vintage = forms.CharField(
        label=gettext_lazy("Vintage"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "Of an official release: the period its figures are about, such as “2025–2030”."
            " Left empty, it stays as it was."
        ),
    )
    licence = forms.CharField(
        label=gettext_lazy("License"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Of an official release. Left empty, it stays as it was."),
    )
    all_or_nothing = forms.BooleanField(
        label=gettext_lazy("Only if every row is right"),
        required=False,
        help_text=gettext_lazy(
            "One rejected row then stops the whole file. Otherwise the good rows can still be applied."
        ),
    )
    retire_missing = forms.BooleanField(
        label=gettext_lazy("Retire what is missing"),
        required=False,
        help_text=gettext_lazy(
            "Your programs that are missing from their sheet are retired; your courses, awards, links,"
            " work-based learning, other names and confirmed jobs that are missing from theirs are removed."
            " A table without a sheet stays as it is. The preview shows which rows go."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if user.is_administrator:
            self.fields["files"].label = _("File, or the files of a release")
            self.fields["source"].choices = [
                (ImportRun.WORKBOOK, _("Workbook (XLSX) or one table of it (CSV)")),
                *sources.labels(),
            ]
        else:
            for name in ("source", "vintage", "licence"):
                del self.fields[name]

    def clean(self):
        data = super().clean()
        files, source = data.get("files") or [], data.get("source", ImportRun.WORKBOOK)
        is_workbook = source == ImportRun.WORKBOOK
        if not is_workbook:
            # A release speaks of other places too, and never of all that stands here.
            data |= {"all_or_nothing": False, "retire_missing": False}
        if is_workbook and len(files) > 1:
            raise ValidationError(_("Choose one file: the whole workbook, or one table as CSV."))
        if len({file.name for file in files}) < len(files):
            raise ValidationError(_("Two of these files have the same name."))
        most = settings.UPLOAD_MAX_MB if is_workbook else settings.OFFICIAL_MAX_MB
        if sum(file.size for file in files) > most * 2**20:
            raise ValidationError(_("That is more than %(most)s MB.") % {"most": most})
        return data
