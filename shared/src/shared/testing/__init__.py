"""What the tests of every service use; no running service imports it."""
