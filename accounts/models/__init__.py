"""Who signs in, and who changed what."""

from accounts.models.changes import Change
from accounts.models.users import Role, User

__all__ = ["Change", "Role", "User"]
