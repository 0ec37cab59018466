"""Calls for applications: what a city opens for its schools, from when until when, for whom.

Nouns: a *call* (nabór) opens one published procedure; its rules are immutable *editions*; a
*round* is a window of it with its pots; an *application* joins a call to the case that runs
through the procedure. Verbs: draft, publish, change, close, settle and copy a call; begin an
application and hand it in. Forms, cases, votes, letters and money are the engines'; here is only
what a call adds: windows by server time, limits, who may apply.
"""
