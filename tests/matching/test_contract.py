"""What is no request is refused with a reason, whatever is wrong with it."""

import pytest

from matching.contract import BadRequest, parse


@pytest.mark.parametrize(
    "line",
    ["", "{", b"\xff\xfe", "[" * 100_000, '{"text": "rent", "limit": %s}' % ("1" * 5_000)],
    ids=["empty", "half", "bytes", "deep", "digits"],
)
def test_what_cannot_be_read_as_json_is_a_bad_request(line):
    with pytest.raises(BadRequest, match="body: This cannot be read as JSON"):
        parse(line)
