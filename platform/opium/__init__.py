"""The kernel: what every package may lean on. It owns no table and knows no module.

Nouns: Record, Permission, Actor, Reach, ModuleConfig, DomainError.
Verbs: require, installed_modules, is_enabled, sort_key.
"""
