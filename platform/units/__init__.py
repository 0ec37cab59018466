"""The city's units, the department's sections, and who belongs to them: what every room may ask.

Nouns: Unit, UnitKind, RegisterEntry, Section, Membership, Group, Home. Verb: join.
It stands below the accounts, so roles, what waits, forms and procedures ask it and nobody has to
tell them. It has no rights and no screens: the module `directory` keeps the rows, and it alone.
"""
