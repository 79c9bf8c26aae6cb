"""The WSGI application of the data service."""

from shared.wsgi import get_application

application = get_application("data_service.settings")
