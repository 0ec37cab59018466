"""Who did what to which record, append-only, written in the transaction of the deed.

Nouns: Entry. Verbs: record. The database itself refuses to change or delete an entry.
"""
