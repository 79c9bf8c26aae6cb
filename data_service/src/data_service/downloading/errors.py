"""Why there is no download."""


class DownloadError(Exception):
    """The download cannot be made."""


class UnfitError(DownloadError):
    """The rows do not fit into this kind of file."""


class MissingLibraryError(DownloadError):
    """The extra `files` of this service is not installed here."""
