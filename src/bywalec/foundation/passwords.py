"""How staff passwords are stored: argon2id with the parameters of the OWASP recommendation (19 MiB, two passes)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id, t=2, m=19 MiB, p=1."""

    algorithm = "argon2id"
    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
