"""Processes of this program's own: how one is started, asked and replaced, and how it ends with the main program."""
