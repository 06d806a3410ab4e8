"""Adds sentence layers to a model folder: `python train_sentence_layers.py PARALLEL_DIR --model FOLDER --work WORK_DIR`.

Reads the weights that the folder's ONNX file holds, embeds every sentence by itself, trains the sentence layers to give
the same out of a passage's pass, writes them into the folder, and evaluates what it wrote. The embeddings of passages and
questions stay what they are. A run that was stopped is gone on from when it is started again with the same WORK_DIR.
`--device cuda` takes minutes, two cores two days; the sums differ a little by machine, and so do the weights.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

TRAINING = Path(__file__).resolve().parent
sys.path.append(str(TRAINING.parent / "build"))

import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch import Tensor  # noqa: E402
from torch.utils.data import DataLoader  # noqa: E402

from beir import sentences_of  # noqa: E402
from built_model import read_built_model  # noqa: E402
from calibration import Feed, calibrate, text_feed  # noqa: E402
from calibration_text import LANGUAGES  # noqa: E402
from embedder import open_session  # noqa: E402
from embed_texts import length_batches  # noqa: E402
from encoder import Encoder, fast_products, pad  # noqa: E402
from long_run import Say, say, take_steps  # noqa: E402
from losses import distance_to, relation_distance  # noqa: E402
from make_golden_sentences import write_golden_sentences  # noqa: E402
from model_card import TOKENIZER_FILE, built_file, record_figures  # noqa: E402
from parallel_text import read_written  # noqa: E402
from passage_layout import Ids, frame, lay_out, plain_ids  # noqa: E402
from recipe import SentenceRecipe  # noqa: E402
from sentence_contexts import Contexts, read_sentences  # noqa: E402
from sentence_figures import sentence_figures  # noqa: E402
from sentence_graph import HIDDEN_STATES, SENTENCE_IDS, sentence_bytes  # noqa: E402
from sentence_layers import SentenceLayers  # noqa: E402
from sentence_model import add_sentence_layers, hidden_states_before, with_output  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402
from this_commit import commit  # noqa: E402
from weights import Weights, load_weights, save_weights  # noqa: E402

WEIGHTS_FILE = "sentence-layers.npz"
CALIBRATION_PASSAGES = 120
_TOKENS_A_BATCH = 16_384


def main() -> None:
    """Reads the command line; trains, builds, evaluates."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("parallel", type=Path, help="a folder of X.ar.txt and X.en.txt")
    parser.add_argument("--written", type=Path, default=TRAINING / "written", help="default: written/ beside this file")
    parser.add_argument("--eval", type=Path, help="a folder of BEIR folders to evaluate on afterwards")
    parser.add_argument("--model", type=Path, required=True, help="the model folder that the layers are added to")
    parser.add_argument("--work", type=Path, required=True, help="where checkpoints and weights go")
    parser.add_argument("--golden", type=Path, help="where to write the golden sentences of what was trained")
    parser.add_argument("--device", default="cpu", help="cpu (default) or cuda")
    parser.add_argument("--workers", type=int, default=1, help="processes that put passages together; default: 1")
    parser.add_argument("--steps", type=int, default=SentenceRecipe.steps, help=f"default: {SentenceRecipe.steps}")
    parser.add_argument("--train-only", action="store_true", help="leave the weights in WORK_DIR and the folder as it is")
    arguments = parser.parse_args()

    torch.backends.cuda.matmul.allow_tf32 = True
    recipe = SentenceRecipe(steps=arguments.steps)
    built = read_built_model(arguments.model)
    encoder = Encoder.of(built).to(arguments.device).requires_grad_(False)
    tokenizer = Tokenizer.from_file(str(arguments.model / TOKENIZER_FILE))
    sentences = read_sentences(arguments.parallel, arguments.written, tokenizer)
    say(f"{recipe}; {len(sentences.ids)} sentences, single and joined, of {len(sentences.articles)} articles; {arguments.device}")
    opening, closing = frame(tokenizer)
    weights = arguments.work / WEIGHTS_FILE
    if not weights.exists():
        targets = embed_alone(encoder, sentences.ids, opening, closing)
        say("every sentence was embedded by itself")
        contexts = Contexts(sentences, opening, closing, recipe)
        save_weights(weights, train(encoder, contexts, targets, recipe, arguments.work, arguments.workers, say))
    if arguments.train_only:
        return
    trained = built.with_weights(load_weights(weights))
    layers = range(built.shape.layers - recipe.layers, built.shape.layers)
    say("calibrating the quantisation")
    feeds = calibration_feeds(arguments.model, arguments.written, tokenizer, layers.start, recipe.seed)
    calibration = calibrate(sentence_bytes(trained, layers, None), layers, HIDDEN_STATES, feeds)
    provenance = {"recipe": asdict(recipe), "commit": commit(TRAINING), "sentences": len(sentences.ids)}
    add_sentence_layers(arguments.model, trained, layers, calibration, provenance)
    say(f"wrote them into {arguments.model}")
    if arguments.golden:
        write_golden_sentences(arguments.model, load_weights(weights), arguments.golden)
    if arguments.eval:
        figures = sentence_figures(arguments.eval, arguments.model)
        record_figures(arguments.model, "sentenceLayers", figures)
        for name, values in figures.items():
            say(f"{name}: {values}")


def calibration_feeds(model: Path, written: Path, tokenizer: Tokenizer, before: int, seed: int) -> Iterator[Feed]:
    """Yields what the sentence layers read of some written passages, in both languages, as the folder's encoder makes it."""
    read = hidden_states_before(before)
    encoder = with_output(built_file(model), read)
    session = open_session(encoder)
    opening, closing = frame(tokenizer)
    answered, _ = read_written(written)
    for each in random.Random(seed).sample(answered, CALIBRATION_PASSAGES):
        for language in LANGUAGES:
            sentences = [plain_ids(tokenizer, text) for text in sentences_of(each.passage.side(language))]
            ids, sentence_of = (np.array([row], np.int64) for row in lay_out(sentences, opening, closing))
            (hidden,) = session.run([read], text_feed(ids[0]))
            yield {HIDDEN_STATES: hidden, SENTENCE_IDS: sentence_of}


def embed_alone(encoder: Encoder, sentences: list[Ids], opening: Ids, closing: Ids) -> Tensor:
    """Returns what the encoder gives each sentence as a passage of its own, [sentences, hidden], unit length."""
    rows = [[*opening, *sentence, *closing] for sentence in sentences]
    vectors = torch.zeros(len(rows), encoder.shape.hidden, device=encoder.device)
    with torch.inference_mode(), fast_products():
        for batch in length_batches([len(row) for row in rows], _TOKENS_A_BATCH):
            vectors[batch] = encoder(pad([rows[index] for index in batch]).to(encoder.device)).float()
    return vectors.clone()


def train(
    encoder: Encoder, contexts: Contexts, targets: Tensor, recipe: SentenceRecipe, folder: Path, workers: int, say: Say
) -> Weights:
    """Returns the weights of sentence layers that began as the encoder's own."""
    layers = SentenceLayers.of(encoder, recipe.layers).to(encoder.device)
    coming: Iterator[tuple[Tensor, Tensor, Tensor]] | None = None

    def loss_at(step: int) -> tuple[str, Tensor]:
        nonlocal coming
        if coming is None:
            left = range(step, recipe.steps)
            coming = iter(DataLoader(contexts, batch_size=None, sampler=left, num_workers=workers))
        ids, sentence_of, chosen = (each.to(encoder.device) for each in next(coming))
        with fast_products():
            with torch.no_grad():
                hidden = encoder.hidden_states(ids, layers.before)
            there = chosen >= 0
            found = layers(hidden, sentence_of, chosen.shape[1])[there].float()
        wanted = targets[chosen[there]]
        return "sentences", distance_to(wanted, found) + recipe.relation_weight * relation_distance(
            found @ wanted.T, wanted @ wanted.T, recipe.temperature)

    return take_steps(layers, recipe.steps, recipe, loss_at, folder, say)


if __name__ == "__main__":
    main()
