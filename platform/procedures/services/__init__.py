"""The verbs of procedures, in a folder for each noun: procedures, cases, letters."""
