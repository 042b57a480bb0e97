"""Which items stand for which: in order, the same both ways, equal ones before similar ones."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from conditions.content.alignment import heaviest, matching, paired

FEW = st.lists(st.sampled_from("abc"), max_size=9)


@dataclass(frozen=True)
class Item:
    """A text as an item; its words are its letters."""

    key: str
    kind: str = "p"

    @property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.key)


ITEMS = st.lists(st.text("abcdef", min_size=1, max_size=4).map(Item), max_size=6)


@given(FEW, FEW)
def test_equal_items_match_in_order_and_the_same_both_ways(before: list[str], after: list[str]) -> None:
    pairs = matching(before, after)
    assert all(before[i] == after[j] for i, j in pairs)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert pairs == [(j, i) for i, j in matching(after, before)]


@given(ITEMS, ITEMS)
def test_similar_items_pair_in_order_and_the_same_both_ways(before: list[Item], after: list[Item]) -> None:
    pairs = paired(before, after)
    assert pairs == sorted(pairs)
    assert pairs == [(j, i) for i, j in paired(after, before)]
    assert all(before[i].vocabulary & after[j].vocabulary for i, j in pairs)


def test_the_pairs_with_the_greatest_sum_are_taken() -> None:
    assert heaviest([[0.9, 0.5], [0.8, 0.0]]) == [(0, 0)]
    assert heaviest([[0.4, 0.6], [0.5, 0.7]]) == [(0, 0), (1, 1)]
    assert heaviest([[0.0]]) == []


def test_items_of_different_kinds_never_pair_and_those_without_one_always_do() -> None:
    assert paired([Item("ab")], [Item("abc", kind="li")]) == []
    assert paired([Item("ab")], [Item("xy")]) == []
    assert paired([Item("ab", kind="")], [Item("xy", kind="")]) == [(0, 0)]
