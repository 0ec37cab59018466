"""People, their rights, and signing in.

Nouns: Person, Role, Assignment, Function and its Holder, Substitution, Link (in a letter), Session,
ApiToken. Verbs: invite_person, close_account, add_role, assign_role, give_function,
appoint_substitute, sign_in and its second steps, set_password, add_totp, add_key, make_token,
view_person, sign_out_person, export_people, export_auditor_pack, purge_expired, rotate_secrets.
Stands in every city's schema, and in the public one for the operators. Where a role counts is a
scope: the city, a place of `units`, or what a room above explains (`scopes`); what happens
to the matters of somebody who leaves, modules say in `registry`. allauth keeps second factors and
shakes hands with a city's own sign-in; the verbs and the addresses are ours.
"""
