"""The WSGI application of the data service."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "data_service.settings")

application = get_wsgi_application()
