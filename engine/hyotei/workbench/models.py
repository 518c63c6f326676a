"""What the database holds. What is told to be append-only is never changed or deleted: the database refuses it (append_only.py)."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from hyotei.workbench.log_chain import Entry


class Account(AbstractBaseUser):
    """Who may come in: a name, a role, a password. An account that is no longer wanted is closed, not deleted."""

    name = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20)  # one of roles.ROLES
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "name"
    objects: Any = BaseUserManager()


class LogEntry(models.Model):
    """One entry of the log; append-only. Its fields are those of `log_chain.Entry`."""

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    account = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    details = models.TextField()
    before = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def entry(self) -> Entry:
        """The entry as the chain has it."""
        return Entry(*(getattr(self, name) for name in Entry._fields))
