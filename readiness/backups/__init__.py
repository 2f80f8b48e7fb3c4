"""What backup tools say that they have."""

from readiness.backups.backup import Backup, Repository
from readiness.backups.backups import Backups

__all__ = ["Backup", "Backups", "Repository"]
