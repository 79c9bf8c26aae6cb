"""What the Makefile's verbs do; everything before `.venv` exists needs Python only."""
