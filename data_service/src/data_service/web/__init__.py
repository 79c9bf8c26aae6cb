"""The pages: what people see of the datasets. Server-rendered, nothing inline."""
