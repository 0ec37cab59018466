"""The register of invoices: what was bought with the money of a matter, held against its budget.

Nouns: an invoice, its shares of the lines of a budget, corrections. Verbs: enter_invoice,
withdraw_invoice, accept_invoice, return_invoice. Whose a matter is, its lines and who may do what
in it, the rooms above tell (`registry`). Every sum is booked in the ledger of `budget`.
"""
