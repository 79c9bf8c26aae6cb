"""The WSGI application of the small project."""

from shared.wsgi import get_application

application = get_application("project.settings")
