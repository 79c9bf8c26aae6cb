"""How often a caller may do what is dear: writes and searches.

Import from `shared.limits.limiting`.
"""
