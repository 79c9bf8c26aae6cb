"""The pages of the catalogue: what people see of APIs. Server-rendered."""
