"""What Django calls the workbench."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The application."""

    name = "hyotei.workbench"
    label = "workbench"
