"""The cities: each its host names, its schema and the modules that are switched on.

Nouns: Tenant, Domain. Verbs: create_tenant, switch_modules.
"""
