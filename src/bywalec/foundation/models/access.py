"""Who may come in: staff with their roles, and keys for tills and integrations."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from bywalec.foundation.ids import new_id
from bywalec.foundation.models.organization import Till
from bywalec.foundation.models.tenant import TenantModel
from bywalec.foundation.staff import Role


class StaffUserManager(BaseUserManager["StaffUser"]):
    """Creates staff accounts with a normalised e-mail."""

    def create_user(self, *, email: str, name: str, password: str | None) -> "StaffUser":
        """Create an account that signs in with e-mail and password (none: the account cannot sign in yet)."""
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "StaffUser":
        """Find an account by e-mail, whatever its case."""
        return self.get(email=(username or "").lower())


class StaffUser(AbstractBaseUser):
    """A person who works in one or more organizations; the account is global, its roles are not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="pl")
    theme = models.CharField(max_length=5, default="auto")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = StaffUserManager()

    class Meta:
        db_table = "foundation_staff_user"

    def __str__(self) -> str:
        return self.name


class Membership(TenantModel):
    """The role of a staff member in an organization."""

    user = models.ForeignKey(StaffUser, on_delete=models.CASCADE, related_name="+", db_index=False)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_membership"
        constraints = (models.UniqueConstraint(fields=["organization", "user"], name="membership_once"),)


class ApiKey(TenantModel):
    """A key of a till or an integration; only the hash of its secret is kept."""

    name = models.CharField(max_length=120)
    secret_hash = models.CharField(max_length=64)
    shown_prefix = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    till = models.ForeignKey(Till, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "foundation_api_key"
        constraints = (models.UniqueConstraint(fields=["organization", "secret_hash"], name="api_key_secret_once"),)
