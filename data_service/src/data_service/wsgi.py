"""The WSGI application of the data service."""

import os

from shared.wsgi import get_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "data_service.settings")

application = get_application()
