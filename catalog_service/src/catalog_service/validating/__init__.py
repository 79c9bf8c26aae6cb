"""What is wrong with a document: against its meta-schema, and in what it says.

Pure, and bounded like everything that looks at documents (ADR 0010).
"""

from .checking import findings_of, is_valid

__all__ = ["findings_of", "is_valid"]
