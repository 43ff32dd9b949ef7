"""The public page of a program before the public sees it: for staff (see pathways/urls.py)."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from finder.views.programs import page, whole
from programs.models import Program

HIDDEN = {"canonical": None, "alternates": (), "json_ld": ""}  # from whoever collects pages


@require_safe
def program(request, pk):
    if not request.user.has_perm("programs.view_program"):
        raise PermissionDenied
    found = get_object_or_404(whole(Program.objects.all()), pk=pk)
    filters = request.GET.get("_changelist_filters", "")  # of the list that the editor came from
    return page(request, found, is_preview=True, filters=filters, **HIDDEN)
