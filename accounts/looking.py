"""Looking at a form takes no lock. Django opens a transaction for it all the same, and on SQLite ours
begin by keeping every other writer waiting: twenty people who look would stop the one who saves."""

SAFE = ("GET", "HEAD")


class LooksWithoutLock:
    """For a ModelAdmin."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method in SAFE:
            return self._changeform_view(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        if request.method in SAFE:
            return self._delete_view(request, object_id, extra_context)
        return super().delete_view(request, object_id, extra_context)
