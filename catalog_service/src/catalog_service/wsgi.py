"""The WSGI application of the catalogue."""

from catalog_service.examining import limit_line
from shared.wsgi import get_application

# Half of the threads that a process has by default: pages need the others.
_LONGEST_LINE = 6

application = get_application("catalog_service.settings")
limit_line(_LONGEST_LINE)
