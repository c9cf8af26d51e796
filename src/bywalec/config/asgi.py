"""The root application: lifespan, the lane for what is hot, Django by WSGI in threads for everything else."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bywalec.config.settings")

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

application = WSGIMiddleware(get_wsgi_application(), workers=16)
