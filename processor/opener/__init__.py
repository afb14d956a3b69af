"""Opens files from unknown sources in a separate process, and makes correction copies of them there.

A damaged or hostile file can make a parsing library hang, use too much memory or crash. The separate process can then
be ended, and only that file cannot be read. It receives passwords through a pipe and writes nothing to the disk. It
loads neither pandas nor numpy, so it is ready before the main program is.
"""
