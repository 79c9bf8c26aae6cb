"""Questions of place: geometries in filters, and the rows that answer them.

Only `values` and `conditions` are imported with the operators; shapely and PROJ come
in when the first request has a geometry in a filter (ADR 0018).
"""
