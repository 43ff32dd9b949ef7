import logging
import time

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from imports import runs

PAUSE = 5  # seconds until the database is asked again
log = logging.getLogger(__name__)


class Command(db_worker.Command):
    help = "Does what is too big for a request: reads, applies and undoes large imports."

    def handle(self, **options):
        while True:
            try:
                runs.recover()
                return super().handle(**options)
            except (OperationalError, InterfaceError):  # it is restarted, or its disk is full
                log.exception("The database does not answer; the worker goes on when it does.")
                connections.close_all()
                time.sleep(PAUSE)
