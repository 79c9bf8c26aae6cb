"""The WSGI application of the catalogue."""

from shared.wsgi import get_application

application = get_application("catalog_service.settings")
