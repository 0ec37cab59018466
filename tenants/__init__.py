"""The cities: each its host names, its schema and the modules that are switched on.

Nouns: Tenant, Domain. Verbs: create_tenant, switch_modules; an operator's right is asked for each,
and each is an entry of the operators' log.
"""
