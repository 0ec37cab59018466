"""`make bench-chaos`: fifty people read and answer while part after part of the house dies.

An installation of its own (`house`), with the processes and the settings that the handbook names:
database, web server, worker, content worker, clock, and nginx with the shipped file where it is
installed. Whatever dies is started again a second later, as a supervisor of an installation does.
Three cities (`cities`): two get poisoned content, the last is measured. Each part is killed with
SIGKILL, the database is stopped, the disk of the files is full for a while, and slow senders hold
connections from the first second to the last (`harms`). The people (`people`, a process of its own
without Django) ask again for what was not answered, as the screens do, under the same
`Idempotency-Key`. Then rows are counted (`counting`): no answer that was confirmed may be lost,
none may stand twice, no job may be left undone.

The 95th percentile of the last city may be 1.5 times that of its quiet minute. Both are measured
under the same fifty people, for a city is quiet when nothing is done to the house, and not when
nobody works in it. What counts is everything that they asked for while the harms went on, and how
long from the first asking on: also while the database that they share was stopped, for they waited
all the same. What a shorter run than five minutes shows is harsher: a stopped database or server
catches each person once, whatever the length. `ratio_at_once` stands beside it for whoever
looks for the cause: without what had to be asked again, so without outages. `harms` tells
what each of them cost. `bench/chaos.json` keeps it all.
"""
