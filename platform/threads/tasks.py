from outbox.registry import task
from threads import services
from threads.models import Post


@task("threads.tell_post", label="Powiadomienie o pytaniu albo odpowiedzi")
def tell_post(post_id: str) -> None:
    """Safe to run twice: each person is told once of each post."""
    post = Post.objects.select_related("thread").filter(pk=post_id).first()
    if post is not None:
        services.tell_post(post)
