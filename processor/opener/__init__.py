"""Opens files that anybody may have made, in a process of its own, and makes correction copies of them there.

The libraries that parse files may meet bytes that make them hang, grow or crash. The process that holds them can then be
ended, and only the file is lost. It receives passwords through a pipe and writes nothing to the disk. It loads neither
pandas nor numpy, so it is ready before the program that asks it.
"""
