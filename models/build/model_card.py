"""Writes model-card.json: what the program must know of a model, and the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from encoder_graph import Variant
from source_model import MEMBER, MEMBER_SHA256, PACKAGE, PACKAGE_VERSION, WHEEL_SHA256, SourceModel, read_source
from text_preparation import TEXT_PREPARATION_VERSION
from tokenizer_files import MAXIMUM_TOKENS
from vocabulary import with_kept_pieces, with_one_spelling

CARD_FILE = "model-card.json"
TOKENIZER_FILE = "tokenizer.json"
CENTRES_FILE = "centres.json"
_ONNX_FILES = {"fp32": "onnx/model.onnx", "int8": "onnx/model_int8.onnx", "q4": "onnx/model_q4.onnx"}


@dataclass(frozen=True)
class Identity:
    """What a card says of a model beside how it is used."""

    name: str
    #: Where the weights come from, beside the source package.
    provenance: dict[str, object]


BASE = Identity("multilingual-e5-small", {})


def onnx_file(dtype: str) -> str:
    """Returns the path at which transformers.js looks for the ONNX file of `dtype`."""
    return _ONNX_FILES[dtype]


def write_card(folder: Path, identity: Identity, variant_name: str, variant: Variant, model: SourceModel) -> None:
    """Writes the card of the model files that lie in `folder`; centres are named if they lie there."""
    loaded = ["config.json", TOKENIZER_FILE, "tokenizer_config.json", onnx_file(variant.dtype)]
    card = {
        "name": identity.name,
        "revision": f"{variant_name}-{hashlib.sha256((folder / loaded[-1]).read_bytes()).hexdigest()[:12]}",
        "licence": "MIT",
        "provenance": {
            "originalModel": "intfloat/multilingual-e5-small",
            "originalAuthor": "Liang Wang and others, Microsoft (intfloat)",
            "originalLicence": "MIT",
            "sourcePackage": PACKAGE,
            "sourcePackageVersion": PACKAGE_VERSION,
            "sourcePackageLicence": "MIT",
            "sourcePackageSha256": WHEEL_SHA256,
            "sourceFile": MEMBER,
            "sourceFileSha256": MEMBER_SHA256,
            **identity.provenance,
        },
        "dimensions": model.shape.hidden,
        "prefixes": {"query": "query: ", "passage": "passage: "},
        "pooling": "in-graph",
        "normalised": True,
        "maximumTokens": MAXIMUM_TOKENS,
        "independentWords": True,
        "dtype": variant.dtype,
        "quantisation": variant.description,
        **({"oneSpelling": True} if model.one_spelling else {}),
        "textPreparation": TEXT_PREPARATION_VERSION,
        "centring": None,
        "files": [_file_entry(folder, path) for path in loaded],
    }
    _write(folder, card)
    if (folder / CENTRES_FILE).exists():
        record_centres(folder)


def record_centres(folder: Path) -> None:
    """Enters centres.json, as it lies in `folder`, into the card there."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    others = [entry for entry in card["files"] if entry["path"] != CENTRES_FILE]
    _write(folder, {**card, "centring": CENTRES_FILE, "files": [*others, _file_entry(folder, CENTRES_FILE)]})


def record_sentence_layers(folder: Path, entry: dict[str, str], provenance: dict[str, object]) -> None:
    """Enters the sentence layers, as they lie in `folder`, into the card there; the encoder's file has changed, too."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    encoder = onnx_file(card["dtype"])
    changed = [encoder, entry["file"]]
    others = [each for each in card["files"] if each["path"] not in changed]
    contents = b"".join((folder / path).read_bytes() for path in changed)
    kind = card["revision"].split("-", 1)[0]
    _write(folder, {**card, "revision": f"{kind}-{hashlib.sha256(contents).hexdigest()[:12]}",
                    "provenance": {**card["provenance"], "sentenceLayers": provenance}, "sentenceLayers": entry,
                    "files": [*others, *(_file_entry(folder, path) for path in changed)]})


def record_figures(folder: Path, part: str, figures: dict[str, object]) -> None:
    """Enters what was reached by one of the provenance's parts, `tuning` or `sentenceLayers`, into the card."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    card["provenance"][part]["figures"] = figures
    _write(folder, card)


def read_model_of(folder: Path, source: Path | None, weights: Path | None) -> SourceModel:
    """Returns the source (see `read_source`) with the vocabulary that the model in `folder` was built with."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    choose = with_one_spelling if card.get("oneSpelling") else with_kept_pieces
    return choose(read_source(source, weights))


def built_file(folder: Path) -> bytes:
    """Returns the ONNX file of the model in `folder`."""
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    return (folder / onnx_file(card["dtype"])).read_bytes()


def _write(folder: Path, card: dict[str, object]) -> None:
    (folder / CARD_FILE).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _file_entry(folder: Path, path: str) -> dict[str, str | int]:
    content = (folder / path).read_bytes()
    return {"path": path, "sizeBytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
