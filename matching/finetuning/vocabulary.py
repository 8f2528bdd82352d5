"""Which tokens of a published vocabulary the encoder keeps: each costs a row of its weights."""

import json
from collections.abc import Iterable
from typing import Any

from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def kept(vocabulary: str, texts: Iterable[str], most: int) -> list[int]:
    """Ids of the tokens that stay, in order: what `texts` use, letters, and then the commonest.

    `vocabulary`: a tokenizer.json of WordPiece. They are `most`, or more where the texts use more.
    """
    tokenizer = Tokenizer.from_str(vocabulary)
    every: dict[str, int] = json.loads(vocabulary)["model"]["vocab"]
    stay = {every[token] for token in SPECIAL}
    stay |= {
        i for token, i in every.items() if len(token.removeprefix("##")) == 1 and token.isascii()
    }
    for text in texts:
        stay |= set(tokenizer.encode(text, add_special_tokens=False).ids)
    # Ids go by how common a token is.
    for token, i in sorted(every.items(), key=lambda row: row[1]):
        if len(stay) >= most:
            break
        if token.isascii() and not token.startswith("[unused"):
            stay.add(i)
    return sorted(stay)


def cut(vocabulary: str, stay: list[int]) -> str:
    """The same tokenizer with these tokens alone, numbered from 0 in their order."""
    tokenizer: dict[str, Any] = json.loads(vocabulary)
    names = {i: token for token, i in tokenizer["model"]["vocab"].items()}
    places = {names[i]: place for place, i in enumerate(stay)}
    tokenizer["model"]["vocab"] = places
    for added in tokenizer["added_tokens"]:
        added["id"] = places[added["content"]]
    for token, special in tokenizer["post_processor"]["special_tokens"].items():
        special["ids"] = [places[token]]
    return json.dumps(tokenizer, ensure_ascii=False)
