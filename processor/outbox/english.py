"""English numbers with their noun, which Korean does not bend: `several(1, "row")` is 1 row."""


def several(count: int, thing: str, things: str = "") -> str:
    """`things` is for a plural that an s alone does not make."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
