"""The tree of areas."""

from directory.geography.areas import AreaNode, AreaTree, merged

TREE = AreaTree(
    [
        AreaNode("land", "Land", "country", ""),
        AreaNode("shire", "Shire", "county", "land"),
        AreaNode("east", "East", "district", "shire"),
        AreaNode("west", "West", "district", "shire"),
        AreaNode("hub", "Hub locality", "locality", "east"),
        AreaNode("thorp", "Thorp", "parish", "east"),
    ]
)


def test_areas_bring_all_that_contains_them_most_local_first():
    assert TREE.closure(["hub", "thorp"]) == ("thorp", "hub", "east", "shire", "land")


def test_areas_of_one_kind_keep_the_order_they_were_given_in():
    assert TREE.closure(["west", "east"])[:2] == ("west", "east")


def test_a_code_the_tree_does_not_know_is_kept_as_a_district():
    assert TREE.closure(["land", "far", "thorp"]) == ("thorp", "far", "east", "shire", "land")


def test_what_is_about_an_area_is_what_contains_it_and_what_lies_in_it():
    assert TREE.about("shire") == ("thorp", "hub", "east", "west", "shire", "land")


def test_parents_that_go_round_in_a_circle_are_noticed_and_end():
    tree = AreaTree([AreaNode("a", "A", "parish", "b"), AreaNode("b", "B", "parish", "a")])
    assert tree.in_circle("a")
    assert tree.ancestors("a") == ("b",)
    assert not TREE.in_circle("thorp")


def test_merging_puts_local_areas_first_and_among_them_the_commonest():
    chains = [("p", "d", "c"), ("q", "d", "c"), ("q", "d", "c"), ("e", "c")]
    assert merged(chains) == ("q", "p", "d", "e", "c")
