"""The word that must not leak."""

SECRET = "Tajemniczka"
"""In every name of the world; an answer to somebody who may not see it never holds it."""
