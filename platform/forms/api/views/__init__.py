"""The views of forms."""
