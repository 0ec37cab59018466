"""What a person is told of: a row for the bell, an e-mail at once or in the daily digest.

Nouns: Notification, Email, Preference, and the kinds of news (`registry`) that modules declare.
Verbs: notify, mark_read, choose_channel, send_emails, send_digests. Both rows are written in the
transaction of the deed, once for a person, a kind and a subject; e-mails leave after it.
"""
