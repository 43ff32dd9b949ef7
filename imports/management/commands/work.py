from django_tasks_db.management.commands import db_worker

from imports import runs


class Command(db_worker.Command):
    help = "Does what is too big for a request: reads, applies and undoes large imports."

    def handle(self, **options):
        runs.recover()
        super().handle(**options)
