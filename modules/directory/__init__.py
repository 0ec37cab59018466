"""The city's units, the department's sections, the people in both, and named groups of them.

Nouns: Unit, UnitKind, RegisterEntry, Section, Membership, Group. Verbs: add_unit, change_unit,
close_unit, add_section, add_membership, end_membership, make_group, change_group, delete_group,
import_units. Units come from the national register RSPO; a zespół is one unit with several entries.
"""
