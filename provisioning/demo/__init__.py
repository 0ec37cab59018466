"""The demonstration: an invented Bydgoszcz whose people do the main job through the API."""
