"""What is worked out of a registry is worked out once, and never of another one."""

from mapper.registry.per_registry import per_registry
from mapper.registry.registry import Registry
from mapper.resolve.vendors.ladder import VendorResolver


def test_a_registry_is_worked_on_once_and_an_equal_one_by_itself() -> None:
    asked: list[Registry] = []

    @per_registry
    def work(registry: Registry) -> int:
        asked.append(registry)
        return len(asked)

    one, equal, third = Registry(), Registry(), Registry()
    assert [work(one), work(equal), work(one), work(equal)] == [1, 2, 1, 2]
    # Two are at hand: the third takes the place of the first.
    assert [work(third), work(equal), work(one)] == [3, 2, 4]
    # Nor is it worked on where somebody has the result.
    work.keep(third, 7)
    assert work(third) == 7


def test_makers_are_gathered_once_for_a_registry(good: Registry) -> None:
    assert VendorResolver.of_registry(good) is VendorResolver.of_registry(good)
    assert VendorResolver.of_registry(good) is not VendorResolver.of_registry(Registry())
