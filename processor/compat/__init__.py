"""Changes to other libraries, one module each, with the reason, the tested versions and the plain way without the
change.
"""
