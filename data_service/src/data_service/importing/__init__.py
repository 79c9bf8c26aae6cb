"""Files become physical tables, and physical tables become what is served.

The verb is `publishing.publish`; the rest are its steps, one module each.
"""
