from files import services
from outbox.registry import task


@task("files.remove_bytes")
def remove_bytes(key: str) -> None:
    services.remove_bytes(key=key)


@task("files.remove_abandoned", lease=600)
def remove_abandoned() -> None:
    services.remove_abandoned()
