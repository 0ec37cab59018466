"""Forms: what a city asks, made and changed by the city itself, and the answers to it.

Nouns: form, revision, question, answer sheet, version, dictionary, table of units.
Verbs: change a draft, publish, save answers, submit, reopen.
The engine (`expressions`, `definition`, `filling`, `differences`, `migration`) is pure Python.
"""
