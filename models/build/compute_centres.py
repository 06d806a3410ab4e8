"""Computes centres.json: `python compute_centres.py CALIBRATION_DIR --model MODEL_FOLDER`.

e5's embeddings share a large component that says which language, and which role, a text has.
A centre is the mean embedding of a language's texts in a role; subtracting it leaves what a
text is about. Passages are four consecutive sentences of one news article, sentences are
single ones, both with `passage: `; queries are everyday questions, with `query: `.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from calibration_text import LANGUAGES, ROLES, texts_of
from embedder import Embedder
from model_card import CARD_FILE, CENTRES_FILE, TOKENIZER_FILE, onnx_file, record_centres

CENTRES_VERSION = 1
DECIMALS = 6
_SOURCES = {
    "passage": ("NTREX-128 (newstest2019)", "CC-BY-SA-4.0", "four consecutive sentences of one article"),
    "sentence": ("NTREX-128 (newstest2019)", "CC-BY-SA-4.0", "single sentences"),
    "query": ("Tatoeba", "CC-BY 2.0 FR", "questions"),
}


def main() -> None:
    """Reads the command line, embeds, writes centres.json and the card's entry for it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("calibration", type=Path, help="the calibration folder")
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument("--threads", type=int, default=2, help="default: 2")
    arguments = parser.parse_args()

    folder: Path = arguments.model
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    embedder = Embedder(folder / TOKENIZER_FILE, folder / onnx_file(card["dtype"]), arguments.threads)
    centres: dict[str, dict[str, list[float]]] = {}
    sources = []
    for language in LANGUAGES:
        centres[language] = {}
        for role in ROLES:
            texts = texts_of(arguments.calibration, language, role)
            mean = embedder.embed(role, texts).mean(axis=0, dtype="float64")
            centres[language][role] = [round(float(value), DECIMALS) for value in mean]
            name, licence, unit = _SOURCES[role]
            sources.append({"language": language, "role": role, "name": name, "licence": licence,
                            "unit": unit, "count": len(texts)})
    content = {
        "version": CENTRES_VERSION,
        "fingerprintOf": f"{card['name']}@{card['revision']}",
        "dimensions": card["dimensions"],
        "centres": centres,
        "sources": sources,
    }
    (folder / CENTRES_FILE).write_text(json.dumps(content) + "\n", encoding="utf-8")
    record_centres(folder)


if __name__ == "__main__":
    main()
