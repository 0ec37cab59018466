"""What waits for whom: one list for every module, written in the transaction of the deed.

Nouns: Waiting (a row: who, what, since when, until when, where to), Kind (`registry`), Run (what
somebody has running), Figure (the city in numbers), CalendarLink. Verbs: wait, done, settle,
reopen, hand_over; remind. The first page, the digest, the calendar and the reminders read these
rows and nothing else, so that ten modules cost as many queries as one.
"""
