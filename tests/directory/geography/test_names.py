"""What people type, cleaned and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.names import LONGEST, cleaned, name_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Diss", "diss"),
        ("  DISS ", "diss"),
        ("King's Lynn", "kings lynn"),
        ("King’s Lynn", "kings lynn"),
        ("Wells-next-the-Sea", "wells next the sea"),
        ("Pulham St. Mary", "pulham st mary"),
        ("Pulham Saint Mary", "pulham st mary"),
        ("Gt. Yarmouth", "great yarmouth"),
        ("Café", "cafe"),
        ("Redenhall & Harleston", "redenhall and harleston"),
        ("😀", ""),
    ],
)
def test_spellings_of_one_name_have_one_key(typed, key):
    assert name_key(typed) == key


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert name_key(name_key(text)) == name_key(text)


@given(st.text(max_size=1_000))
def test_cleaned_text_is_short_printable_and_on_one_line(text):
    clean = cleaned(text)
    assert len(clean) <= LONGEST
    assert clean.isprintable()


def test_the_lines_of_an_address_stay_apart():
    assert cleaned("2 Mill Lane\r\nDiss") == "2 Mill Lane, Diss"
