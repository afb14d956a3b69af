"""What this program changes inside other libraries, one module each: why, for which versions, and the plain way without it."""
