"""Budget: pots of money and the ledger of what was done with them.

Nouns: pot, part (a pot delegated from another), classification, entry, subject.
Verbs: make a pot, change its amount, delegate a part; ask, reserve, grant, release, invoice,
settle, return, take back.
Every sum is a sum of entries. The database refuses an entry that overdraws a pot, and any change
of an entry: a mistake is taken back by an entry of its own.
"""
