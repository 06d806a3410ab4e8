"""Copies question sets with their Arabic questions misspelled: `python misspell_questions.py EVAL_DIR --out FOLDER`.

The copies are in BEIR form again, one folder a set and kind, for `fihrist evaluate`; passages and
answers stay as they are. `all` is every kind at once.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "build"))

from spelling_noise import ALL_KINDS, misspell_all  # noqa: E402

RULES = {**ALL_KINDS, "all": misspell_all}
SEED = 7


def main() -> None:
    """Reads the command line, copies."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("eval", type=Path, help="a folder of BEIR folders")
    parser.add_argument("--out", type=Path, required=True, help="where the copies go")
    parser.add_argument("--kinds", nargs="+", choices=sorted(RULES), default=list(RULES), help="default: each, and all")
    arguments = parser.parse_args()
    for corpus in sorted(arguments.eval.glob("*/corpus.jsonl")):
        for kind in arguments.kinds:
            misspell_set(corpus.parent, arguments.out / f"{corpus.parent.name}-{kind}", kind)


def misspell_set(questions: Path, out: Path, kind: str) -> None:
    """Writes one copy."""
    (out / "qrels").mkdir(parents=True, exist_ok=True)
    shutil.copy(questions / "corpus.jsonl", out / "corpus.jsonl")
    shutil.copy(questions / "qrels" / "test.tsv", out / "qrels" / "test.tsv")
    chance = random.Random(SEED)
    rows = [json.loads(line) for line in (questions / "queries.jsonl").read_text(encoding="utf-8").splitlines() if line]
    spelled = [{**row, "text": RULES[kind](row["text"], chance)} for row in rows]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in spelled)
    (out / "queries.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
