"""Lays a passage out for the sentence layers: its tokens, and which sentence each of them belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from embedder import PREFIXES
from text_preparation import to_embedding_text
from tokenizer_files import MAXIMUM_TOKENS

#: In place of a sentence's number: a token that every sentence sees.
OF_ALL = -1

Ids = list[int]


def plain_ids(tokenizer: Tokenizer, text: str) -> Ids:
    """Returns the token ids of a text, prepared, nothing added."""
    found: Ids = tokenizer.encode(to_embedding_text(text), add_special_tokens=False).ids
    return found


def frame(tokenizer: Tokenizer) -> tuple[Ids, Ids]:
    """Returns the ids that stand before and behind a passage's own."""
    prefix = PREFIXES["passage"].strip()
    whole = tokenizer.encode(f"{prefix} a").ids
    own = tokenizer.encode("a", add_special_tokens=False).ids
    return whole[: -1 - len(own)], whole[-1:]


def lay_out(sentences: Sequence[Ids], opening: Ids, closing: Ids) -> tuple[Ids, Ids]:
    """Returns the ids of a passage of these sentences, cut to what the model reads, and the sentence of each token."""
    ids, owners = [*opening], [OF_ALL] * len(opening)
    for number, sentence in enumerate(sentences):
        ids += sentence
        owners += [number] * len(sentence)
    most = MAXIMUM_TOKENS - len(closing)
    return ids[:most] + closing, owners[:most] + [OF_ALL] * len(closing)


def lay_out_passage(tokenizer: Tokenizer, passage: str, sentences: Sequence[str]) -> tuple[Ids, Ids] | None:
    """Returns what `lay_out` does of a passage whose sentences come out of its own pass; None for one whose do not.

    They do not when the passage has more tokens than the model reads, when a sentence has none, or when the passage's
    tokens are not its sentences' one after another: no space parts two of them, say. `tokenizer` cuts (`open_tokenizer`).
    """
    whole = tokenizer.encode(PREFIXES["passage"] + to_embedding_text(passage))
    parts = [plain_ids(tokenizer, sentence) for sentence in sentences]
    opening, closing = frame(tokenizer)
    ids, sentence_of = lay_out(parts, opening, closing)
    if whole.overflowing or not all(parts) or ids != whole.ids:
        return None
    return ids, sentence_of
