"""Procedures: the way of a matter through stages, made and changed by the city itself.

Nouns: procedure, revision, stage, transition, case, event, letter, case sign.
Verbs: change a draft, publish, open a case, perform, undo.
The engine (`definition`, `checking`, `simulation`, `kinds`) knows kinds of stages, never a city.
"""
