"""The pages of an import in the admin. Each is a few lines: ask, do, show."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from imports import keeping, preview, runs, scope, sources, tasks
from imports.forms import UploadForm
from imports.models import ImportRun, RejectedRow
from imports.tables import BY_NAME
from imports.uploads import dated, writing
from reference.models import Release

log = logging.getLogger(__name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State, Step = ImportRun.State, RejectedRow.Step
IMPATIENT = timedelta(seconds=20)
MANY_REASONS = 200
BUSY = gettext_lazy("This import is already being worked on, or is finished.")
HEADS = {
    "new": gettext_lazy("New"),
    "changed": gettext_lazy("Changed"),
    "unchanged": gettext_lazy("Unchanged"),
    "retired": gettext_lazy("Retired"),
    "left_out": gettext_lazy("Left out"),
    "spared": gettext_lazy("Left as on the site"),
    "rejected": gettext_lazy("Rejected"),
}


def run_or_404(request, pk):
    """A run of one's own; an administrator's are all."""
    return get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)


def address(run, step="change"):
    return reverse(f"admin:imports_importrun_{step}", args=[run.pk])


def may_upload(view):
    """Staff who may bring files: coordinators and administrators."""

    def checked(request, *args, **kwargs):
        if not request.user.has_perm("imports.add_importrun"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


# --- Uploading -------------------------------------------------------------------------------------


def upload(request, context):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            run = keeping.upload(by=request.user, **form.cleaned_data)
        except OSError:
            log.exception("An upload could not be kept.")
            form.add_error("files", _("The server could not keep this file. Its disk may be full."))
        else:
            return _go_on(request, "read", run)
    context |= {
        "form": form,
        "title": _("Import a file"),
        "limits": {"megabytes": settings.UPLOAD_MAX_MB, "rows": settings.UPLOAD_MAX_ROWS},
        "tables": [(name, preview.table_label(name)) for name in scope.COORDINATED],
        "releases": _releases() if request.user.is_administrator else [],
    }
    return TemplateResponse(request, "admin/imports/upload.html", context)


def _releases():
    """[(source, its files in words, the Release as it is loaded or None)]"""
    loaded = Release.objects.in_bulk(field_name="slug")
    return [
        (label, sources.FILES[name], loaded.get(sources.module(name).RELEASE["slug"]))
        for name, label in sources.labels()
    ]


def workbook(request):
    """The user's own rows, to be changed and uploaded again."""
    response = HttpResponse(writing.workbook(request.user), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="programs-workbook.xlsx"'
    return response


def table_csv(request, table):
    if table not in scope.COORDINATED:
        raise Http404
    table = BY_NAME[table]
    name = dated.name(table, timezone.now())  # what is saved from now on is later
    text = writing.table_csv(request.user, table)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- One run ---------------------------------------------------------------------------------------


def show(request, run, context):
    """Progress, preview or result: whatever there is to see of the run now."""
    if run.is_working:
        runs.recover()
        run.refresh_from_db()
    context |= {"run": run, "title": run.name, "opts": ImportRun._meta}
    task = tasks.queued(run)
    if run.is_working or task:
        # The process that was to read it was stopped before it began.
        context["is_forgotten"] = run.state == State.WAITING and not task
        context["waits_long"] = task and _waits_long(task)
        response = TemplateResponse(request, "admin/imports/progress.html", context)
        response["Refresh"] = "2"  # without JavaScript
        return response
    context |= _rows(request, run)
    return TemplateResponse(request, "admin/imports/run.html", context)


def _waits_long(task):
    return not task.started_at and timezone.now() - task.enqueued_at > IMPATIENT


def _rows(request, run):
    sections = preview.sections(run)
    one = next((each for each in sections if each.name == request.GET.get("show")), None)
    rejected = run.rejected.filter(step=Step.READ).count()
    warnings, notes = preview.notes(run)
    return {
        "overview": preview.overview(run),
        "kinds": [(kind, HEADS[kind]) for kind in preview.shown_kinds(run)],
        "unchanged": preview.total(run, "unchanged"),
        "sections": [] if one else sections,
        "one": one,
        "page": one and one.page(request.GET.get("page")),
        "to_write": preview.to_write(run),
        "rejected": rejected,
        "passed_over": preview.passed_over(run)[:MANY_REASONS] if run.is_official else [],
        "unread": preview.unread(run),
        "is_stopped": _is_stopped(run),
        "retires_much": preview.retires_much(run),
        "takes_back": preview.total(run, "takes_back"),
        "warnings": warnings,
        "notes": notes,
        "left_out": run.rejected.filter(step=Step.APPLY),
        "not_undone": run.rejected.filter(step=Step.UNDO),
        "files": keeping.names(run),
        "kind": kind_of_file(run),
    }


def _is_stopped(run):
    wrong = run.rejected.filter(step__in=[Step.SHEET, Step.READ])
    return run.all_or_nothing and wrong.exists()


def kind_of_file(run):
    return dict(sources.labels()).get(run.source) or _("Workbook")


def _go_on(request, step, run, told=None):
    """Do a step, or leave it to the worker, and show the run. What went wrong is said there."""
    try:
        if tasks.start(step, run, by=request.user) and told and not run.problem:
            messages.add_message(request, *told(run))
    except runs.Busy:
        messages.warning(request, BUSY)
    return redirect(address(run))


@require_POST
def read(request, pk):
    """The preview anew, as the database stands now."""
    return _go_on(request, "read", run_or_404(request, pk))


@require_POST
def spare(request, pk):
    """What the site has changed since the download stays as it is there."""
    run = run_or_404(request, pk)
    try:
        runs.spare(run)
    except runs.Busy:
        messages.warning(request, BUSY)
    return redirect(address(run))


@require_POST
def apply(request, pk):
    run = run_or_404(request, pk)
    if _is_stopped(run):
        messages.error(request, _("A row was rejected, so nothing in this file is applied."))
        return redirect(address(run))
    if preview.retires_much(run) and "retire" not in request.POST:
        messages.error(
            request, _("Check the box that says what would be retired, or upload again.")
        )
        return redirect(address(run))
    return _go_on(request, "apply", run, _applied)


def _applied(run):
    """(level, sentence)"""
    written, left = preview.to_write(run), preview.total(run, "left_out")
    if not left:
        return messages.SUCCESS, _("The import was applied. It can be undone as a whole.")
    text = _("%(some)s of %(all)s rows were applied. The others were left out, see below.")
    return messages.WARNING, text % {"some": written, "all": written + left}


@require_POST
def undo(request, pk):
    return _go_on(request, "take_back", run_or_404(request, pk), _undone)


def _undone(run):
    """(level, sentence)"""
    written, stay = preview.to_write(run), run.rejected.filter(step=Step.UNDO).count()
    if not stay:
        return messages.SUCCESS, _("The import was undone.")
    text = _("%(some)s of %(all)s rows were undone. The others stay as they are, see below.")
    return messages.WARNING, text % {"some": written - stay, "all": written}


def file(request, pk):
    """A file as it was uploaded; of several the one with this number."""
    kept = keeping.files(run_or_404(request, pk))
    number = request.GET.get("number", "0")
    if not number.isdecimal() or int(number) >= len(kept):
        raise Http404
    path = kept[int(number)]
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def rejected(request, pk):
    """The rejected rows with their reasons, to be corrected and uploaded again."""
    run = run_or_404(request, pk)
    rows = run.rejected.filter(step=Step.READ).exclude(table="")
    if not rows:
        raise Http404
    data = writing.rejected_workbook(rows, run.downloaded_at)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="rejected-{run.pk}.xlsx"'
    return response
