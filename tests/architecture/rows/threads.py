from tests.architecture.rows import Row, about
from tests.architecture.secret import SECRET
from tests.factories.files import uploaded
from threads import services

KIND = "messaging.delivery"


def furnish(here):
    """The head of the unit asks about the message, with a file; the sender answers."""
    file = uploaded(here.head, f"{SECRET}.txt", SECRET.encode())
    told = {"kind": KIND, "subject_id": here.delivery.pk, "text": SECRET}
    question = services.write_post(actor=here.head, **told, files=[file.pk], wants_answer=True)
    post = services.write_post(actor=here.admin, **told)
    return {"post": post, "post_file": question.files.get()}


def of(attribute):
    return lambda here: {"kind": KIND, "pk": getattr(here, attribute).pk}


OWN = {"own": "threads.take_part", "by": "head"}
"""Whoever has the message before them asks about it, without any role."""
ROWS = {
    "threads/about/{kind}/{pk}/": Row(pk=of("delivery"), body=lambda _: {"text": SECRET}, **OWN),
    "threads/files/{pk}/": about("post_file", **OWN),
    "threads/of/{kind}/{pk}/": Row(pk=of("message")),
    "threads/posts/{pk}/hide/": about("post"),
    "threads/posts/{pk}/show/": about("post", body=lambda _: {"question": SECRET}),
}
