from django.core.management.base import BaseCommand

from imports import region


class Command(BaseCommand):
    help = "Write the database as a region pack."

    def add_arguments(self, parser):
        parser.add_argument("folder")

    def handle(self, folder, **options):
        region.export(folder)
        self.stdout.write(f"Written: {folder}")
