"""Writes the tokenizer so that Python's `tokenizers` and transformers.js read it alike.

The original normaliser is a precompiled table that the two libraries treat differently.
It is, but for a few characters, NFKC with control characters deleted and odd spaces made
plain; those steps are written out one by one, and both libraries follow them to the letter.
"""

from __future__ import annotations

import json

from source_model import Shape, SourceModel
from vocabulary import SPELLINGS

MAXIMUM_TOKENS = 512
BEGIN, PAD, END, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
_SPECIAL = (BEGIN, PAD, END, UNKNOWN)

# What the original table deletes, and what it turns into a space. U+0085 is added because
# the two libraries disagree on whether it is a space. NFKC itself takes care of the rest.
_DELETED = "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
_SPACES = "[\t\n\u000c\r\u0085\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


def as_json(value: object) -> bytes:
    """Returns compact JSON with a final newline; the same value gives the same bytes."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def tokenizer_json(model: SourceModel) -> bytes:
    """Returns tokenizer.json: a Unigram model over the pieces of `model`, whose indices are the ids."""
    pieces = model.pieces
    scored = [[piece, float(str(score))] for piece, score in zip(pieces, model.scores, strict=True)]
    return as_json({
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_added_token(pieces.index(token), token) for token in _SPECIAL],
        "normalizer": {"type": "Sequence", "normalizers": [
            _replace(_DELETED, ""),
            _replace(_SPACES, " "),
            {"type": "NFKC"},
            *(_spelling_steps() if model.one_spelling else []),
        ]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"},
            {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        ]},
        "post_processor": _begin_and_end(pieces),
        "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": pieces.index(UNKNOWN), "vocab": scored, "byte_fallback": False},
    })


def _spelling_steps() -> list[dict[str, object]]:
    return [_replace(f"[{''.join(letter for letter in SPELLINGS if SPELLINGS[letter] == folded)}]", folded)
            for folded in dict.fromkeys(SPELLINGS.values())]


def _replace(pattern: str, content: str) -> dict[str, object]:
    return {"type": "Replace", "pattern": {"Regex": pattern}, "content": content}


def _added_token(index: int, content: str) -> dict[str, object]:
    return {"id": index, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
            "normalized": False, "special": True}


def _begin_and_end(pieces: list[str]) -> dict[str, object]:
    def special(token: str, kind: int) -> dict[str, object]:
        return {"SpecialToken": {"id": token, "type_id": kind}}

    def sequence(name: str, kind: int) -> dict[str, object]:
        return {"Sequence": {"id": name, "type_id": kind}}

    single = [special(BEGIN, 0), sequence("A", 0), special(END, 0)]
    return {
        "type": "TemplateProcessing",
        "single": single,
        "pair": [*single, special(END, 0), sequence("B", 0), special(END, 0)],
        "special_tokens": {
            token: {"id": token, "ids": [pieces.index(token)], "tokens": [token]} for token in (BEGIN, END)
        },
    }


def tokenizer_config_json() -> bytes:
    """Returns tokenizer_config.json."""
    return as_json({
        "tokenizer_class": "XLMRobertaTokenizer",
        "model_max_length": MAXIMUM_TOKENS,
        "bos_token": BEGIN,
        "eos_token": END,
        "unk_token": UNKNOWN,
        "sep_token": END,
        "cls_token": BEGIN,
        "pad_token": PAD,
        "clean_up_tokenization_spaces": False,
    })


def config_json(shape: Shape, vocabulary_size: int) -> bytes:
    """Returns config.json: the encoder's shape in the names that transformers.js knows."""
    return as_json({
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "hidden_act": "gelu",
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "vocab_size": vocabulary_size,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 1,
        "position_embedding_type": "absolute",
    })
