"""Makes the golden sentences: `python make_golden_sentences.py --model MODEL_FOLDER --weights WEIGHTS --out FILE`.

For some passages, what every embedder must find with this model and its sentence layers: the ids and the sentence of each
token exactly, the embeddings nearly. They are computed in float32 from the weights that the model folder holds, and from
those of the sentence layers as they were trained.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

TRAINING = Path(__file__).resolve().parent
sys.path.append(str(TRAINING.parent / "build"))

import torch  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from built_model import read_built_model  # noqa: E402
from embed_texts import to_ids  # noqa: E402
from embedder import open_tokenizer  # noqa: E402
from encoder import Encoder  # noqa: E402
from golden_passages import golden_passages  # noqa: E402
from make_golden import rounded, write_entries  # noqa: E402
from model_card import TOKENIZER_FILE  # noqa: E402
from passage_layout import lay_out_passage  # noqa: E402
from sentence_layers import SentenceLayers  # noqa: E402
from weights import Weights, load_weights  # noqa: E402


def write_golden_sentences(folder: Path, weights: Weights, out: Path) -> int:
    """Writes the golden passages with what the model in `folder` and the trained `weights` make of them.

    Returns how many there are.
    """
    uncut = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer = open_tokenizer(folder / TOKENIZER_FILE)
    encoder = Encoder.of(read_built_model(folder))
    layers = SentenceLayers(encoder.shape, weights, len({name.split(".", 1)[0] for name in weights}))

    entries = []
    for name, between, sentences in golden_passages(lambda text: len(to_ids(uncut, "passage", text))):
        text = between.join(sentences)
        ids = to_ids(tokenizer, "passage", text)
        layout = lay_out_passage(tokenizer, text, sentences)
        with torch.inference_mode():
            embedding = encoder(torch.tensor([ids]))[0]
            if layout is None:
                found = [encoder(torch.tensor([to_ids(tokenizer, "sentence", sentence)]))[0] for sentence in sentences]
            else:
                hidden = encoder.hidden_states(torch.tensor([ids]), layers.before)
                found = list(layers(hidden, torch.tensor([layout[1]]), len(sentences))[0])
        entries.append({"id": name, "text": text, "sentences": spans(between, sentences), "apart": layout is None,
                        "tokenIds": ids, "sentenceOf": None if layout is None else layout[1],
                        "embedding": rounded(embedding.numpy()),
                        "sentenceEmbeddings": [rounded(vector.numpy()) for vector in found]})
    write_entries(entries, out)
    return len(entries)


def spans(between: str, sentences: Sequence[str]) -> list[tuple[int, int]]:
    """Returns where each sentence starts and ends in all of them joined by `between`, in UTF-16 code units."""
    lengths = [len(sentence.encode("utf-16-le")) // 2 for sentence in sentences]
    gap = len(between.encode("utf-16-le")) // 2
    starts = [0, *accumulate(length + gap for length in lengths[:-1])]
    return [(start, start + length) for start, length in zip(starts, lengths, strict=True)]


def main() -> None:
    """Reads the command line, embeds, writes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument("--weights", type=Path, required=True, help="the trained weights of its sentence layers")
    parser.add_argument("--out", type=Path, required=True, help="the JSON file to write")
    arguments = parser.parse_args()
    count = write_golden_sentences(arguments.model, load_weights(arguments.weights), arguments.out)
    print(f"{count} passages, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
