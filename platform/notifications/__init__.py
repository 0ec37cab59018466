"""What a person is told of: a row for the bell, an e-mail behind it.

Nouns: Notification, Email. Verbs: notify, mark_read, send_emails. Both rows are written in the
transaction of the deed, once for a person, a kind and a subject; e-mails leave after it.
"""
