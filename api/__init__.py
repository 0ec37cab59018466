"""The HTTP edge: one shape of URLs, problems, pages and rights. It knows no module."""
