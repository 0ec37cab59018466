"""One city, or the operators' console, as one file that outlives this edition of the platform.

**The format, version 1.** A tar (ustar; any `tar` lists it) of these members in this order:

    archive.json              what it is: `Head`
    public/<table>/000001.jsonl.gz   the city's rows of the public schema (`public`)
    tables/<table>/000001.copy.gz    a table's rows as PostgreSQL's COPY writes text, in columns
    files/<sha-256>           each content of the file store once, in the order of the digests
    manifest.json             `Manifest`, with the digests of all before it
    manifest.sha256           the last member: the digest of the manifest

A table is cut into parts of a few MB, each a gzip of its own (`zcat tables/x/*` reads it whole), so
that neither side ever holds more. Without its last member an archive is none: whatever broke off
while it was written, or was cut or changed since, is refused with the name of what is wrong.

The tables are those of the migrations that the city had; `manifest.migrations` names them. A
restore makes the schema anew at that very state from the platform's own migrations, never from
statements of the archive, loads the rows, and then migrates to today. So an old archive is restored
by any later edition, and one of a later edition is refused.

Secrets stay as the database keeps them: hashed, or sealed under the installation's keys, which
never lie in an archive. The whole stream may be sealed to a public key (`sealing`).

Pure of settings: `manifest`, `packing`, `sealing`, `checking`, `places`. Of the database: `tables`,
`schemas`, `public`. `services.backing_up` and `services.restoring` play them.
"""
