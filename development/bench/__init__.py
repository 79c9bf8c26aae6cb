"""Measurements that anyone can repeat: `python -m development.bench --help`."""
