"""A new city: schema, domain, modules, roles, first administrator.

Verbs: open_city, fill_city, open_console. Stands above the modules, since it fills a city with what
they need.
"""
