"""The verbs of threads."""

from threads.services.downloading import download_post_file
from threads.services.showing import hide_answer, show_answer
from threads.services.telling import KIND_OF_NEWS, tell_post
from threads.services.writing import MOST_FILES, write_post

__all__ = [
    "KIND_OF_NEWS",
    "MOST_FILES",
    "download_post_file",
    "hide_answer",
    "show_answer",
    "tell_post",
    "write_post",
]
