from __future__ import annotations

from kg.evaluation import Part, in_part, is_dev


def test_the_split_is_fixed() -> None:
    # Remainders of `printf N | sha256sum` by 5, by hand: 1 -> 0, 2 -> 1, 3 -> 3, ... 12 -> 1
    assert [n for n in range(1, 13) if is_dev(str(n))] == [1]


def test_every_document_is_in_one_part() -> None:
    names = [f"doc{n}" for n in range(1000)]
    dev = [name for name in names if in_part(name, Part.DEV)]
    train = [name for name in names if in_part(name, Part.TRAIN)]
    assert sorted(dev + train) == sorted(names)
    assert 150 < len(dev) < 250
    assert all(in_part(name, Part.ALL) for name in names)
