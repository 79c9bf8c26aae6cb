"""The rules, one in each module: adding a file adds a rule."""
