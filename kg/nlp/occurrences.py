"""Where a string stands in a text as whole words."""

from __future__ import annotations

from collections.abc import Iterator


def occurrences(text: str, surface: str) -> Iterator[tuple[int, int]]:
    r"""Yield start and end of each place where no word character (``\w``) is beside a string; places do not overlap.

    The same as ``finditer`` of ``(?<!\w)surface(?!\w)``, but no expression is compiled for each string.
    """
    start = text.find(surface)
    while start >= 0:
        end = start + len(surface)
        if (start and _is_word(text[start - 1])) or (end < len(text) and _is_word(text[end])):
            end = start + 1
        else:
            yield start, end
        start = text.find(surface, end)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
