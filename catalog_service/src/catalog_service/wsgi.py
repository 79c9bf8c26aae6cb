"""The WSGI application of the catalogue."""

import os

from shared.wsgi import get_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalog_service.settings")

application = get_application()
