"""The national register RSPO as it comes in files: read, cleaned, and put together into units."""
