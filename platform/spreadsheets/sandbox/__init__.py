"""What runs in the child process: everything that touches the bytes of a stranger's file.

Light on purpose: no Django, nothing of the house but `opium.confinement` and the files of
`spreadsheets` that are as light.
"""
