"""Ask a running API for what no document shows: headers, CORS, its own document."""
