"""The process that does the jobs: how it runs, stops, and shows that it lives."""
