"""Every kind of change that is looked for: the rows of all files of this folder."""

from importlib import import_module
from pkgutil import iter_modules

from catalog_service.diffing.kind import Kind


def _rows() -> tuple[Kind, ...]:
    names = sorted(module.name for module in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(kind for module in modules for kind in module.KINDS)


KINDS: tuple[Kind, ...] = _rows()
