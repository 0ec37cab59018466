"""Verbs; the directory has those that ask for a right."""
