"""The look that every service has: one skeleton, one style sheet, Swagger UI."""
