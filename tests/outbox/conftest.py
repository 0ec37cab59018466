import pytest
from celery import current_app


@pytest.fixture
def no_broker(monkeypatch):
    """What is published stays with the broker: no worker listens."""
    monkeypatch.setattr(current_app.tasks["outbox.run_job"], "apply_async", lambda *_, **__: None)
