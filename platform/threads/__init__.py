"""Threads: two sides of one matter ask each other, and answer.

Nouns: thread, post, side, matter, group.
Verbs: write a post, show an answer to the whole group, hide it again.
Whose a thread is, who sees it and whom a question waits for is told by the module that the matter
belongs to (`registry.Subject`), each time it is asked; the room keeps what was said.
"""
