"""`make bench-chaos`: fifty people read and answer while part after part of the house dies.

An installation of its own (`house`): database, web server, worker, clock, and nginx with the
shipped file where it is installed. Whatever dies is started again a second later, as a supervisor
of an installation does. Three cities (`cities`): two get poisoned content, the last is measured.
Each part is killed with SIGKILL, the database is stopped, the disk of the files is full for a
while, and slow senders hold connections from the first second to the last (`harms`). The people
(`people`, a process of its own without Django) ask again for what was not answered, as the screens
do, under the same `Idempotency-Key`. Then rows are counted (`counting`): no answer that was
confirmed may be lost, none may stand twice, no job may be left undone, and the 95th percentile of
the last city, outages included, may be 1.5 times that of its quiet minute, under the same people.
`bench/chaos.json` keeps it.
"""
