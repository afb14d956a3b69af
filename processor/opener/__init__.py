"""What lies in a file that anybody may have made: opened by a process of its own, which may die of it.

A file is read by libraries that meet bytes they were not written for. The process that holds them can be stopped, and
costs nothing but the file when it falls; it gets the passwords through a pipe and never writes to the disk. It loads
neither pandas nor numpy, so that it is ready before the program that asks it.
"""
