"""What the templates can ask."""
