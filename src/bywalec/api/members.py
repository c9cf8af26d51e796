"""Members: enrol one, find one."""

from django.http import HttpRequest
from ninja import Router

router = Router(tags=["members"])
