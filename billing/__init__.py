"""What a city pays: plans and who is on which. Stands in the public schema.

Nouns: Plan, Subscription. Verbs: add_plan, subscribe.
"""
