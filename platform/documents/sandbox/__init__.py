"""What runs in the child process: templates, letters, pictures, and the drawing of every PDF.

Light on purpose: no Django, nothing of the house but `opium.confinement`, `opium.errors` and the
files of `documents` that hold no more than data.
"""
