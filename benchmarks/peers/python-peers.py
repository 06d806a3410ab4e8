"""Runs a peer of the Python registry for `PeerProcess`: .venv/bin/python python-peers.py txtai|chroma

Questions are embedded from the same ONNX file as everywhere else, by ONNX Runtime with the session of the service; one
text a call, since in a batch a quantised model lets a text's vector depend on its neighbours.
"""

import importlib.metadata
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


class Model:
    """The shipped model: text with its prefix in, unit-length vector out."""

    def __init__(self, folder, threads):
        card = json.loads((folder / "model-card.json").read_text(encoding="utf-8"))
        self.prefixes = card["prefixes"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(card["maximumTokens"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        file = folder / "onnx" / f"model_{card['dtype']}.onnx"
        self.session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

    def embed(self, text):
        """@returns float32, shape [dimensions]"""
        ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vector = self.session.run(["sentence_embedding"], inputs)[0][0]
        return vector / np.linalg.norm(vector)


def read_documents(corpus_file):
    """As read-documents.mjs does it."""
    documents = []
    for line in Path(corpus_file).read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            title = row.get("title", "")
            documents.append((row["_id"], f"{title}\n{row['text']}" if title.strip() else row["text"]))
    return documents


# The share of vectors in a hybrid score of txtai. Better here than its own of 0.5.
VECTOR_WEIGHT = 0.9


class Txtai:
    """Hybrid search as its documentation shows it: `hybrid=True`, with the model's prefixes as instructions.

    It is given a function that embeds, so its indexing includes embedding.
    """

    packages = ("txtai", "faiss-cpu", "onnxruntime", "tokenizers")

    def __init__(self, options, model):
        import txtai

        self.documents = read_documents(options["corpusFile"])

        def transform(texts):
            return np.stack([model.embed(text) for text in texts])

        self.embeddings = txtai.Embeddings(
            method="external",
            transform=transform,
            hybrid=True,
            instructions={"query": model.prefixes["query"], "data": model.prefixes["passage"]},
        )

    def index(self):
        self.embeddings.index((document_id, text, None) for document_id, text in self.documents)
        return {}

    def ask(self, question):
        return [document_id for document_id, _ in self.embeddings.search(question, 10, weights=VECTOR_WEIGHT)]


class Chroma:
    """Vectors in a collection on disk, by cosine. Locally it has no full text to rank by.

    The vectors of the passages are given; questions are embedded by the collection's embedding function.
    """

    packages = ("chromadb", "onnxruntime", "tokenizers")

    def __init__(self, options, model):
        import chromadb
        from chromadb.config import Settings

        class Questions(chromadb.EmbeddingFunction):
            def __init__(self):
                pass

            def __call__(self, texts):
                return [model.embed(model.prefixes["query"] + text) for text in texts]

        self.documents = read_documents(options["corpusFile"])
        self.vectors = np.fromfile(options["vectorsFile"], dtype=np.float32).reshape(-1, options["dimensions"])
        client = chromadb.PersistentClient(
            path=str(Path(options["folder"]) / "chroma"), settings=Settings(anonymized_telemetry=False)
        )
        self.collection = client.create_collection(
            "passages", embedding_function=Questions(), configuration={"hnsw": {"space": "cosine"}}
        )

    def index(self):
        ids, texts = zip(*self.documents)
        self.collection.add(ids=list(ids), documents=list(texts), embeddings=self.vectors)
        return {"givenVectors": True}

    def ask(self, question):
        return self.collection.query(query_texts=[question], n_results=10, include=["distances"])["ids"][0]


PEERS = {"txtai": Txtai, "chroma": Chroma}


def timed(work):
    started_at = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started_at) * 1_000


def main():
    replies, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no reply
    kind = PEERS[sys.argv[1]]
    peer = None
    for line in sys.stdin:
        call = json.loads(line)
        if "open" in call:
            options = call["open"]
            peer = kind(options, Model(Path(options["modelFolder"]), options["threads"]))
            reply = {"versions": {name: importlib.metadata.version(name) for name in kind.packages}}
        elif "index" in call:
            result, ms = timed(peer.index)
            reply = {"ms": ms, **result}
        else:
            answers = []
            for question in call["ask"]:
                ids, ms = timed(lambda: peer.ask(question))
                answers.append({"ids": ids, "ms": ms})
            reply = {"answers": answers}
        print(json.dumps({"reply": reply}, separators=(",", ":")), file=replies, flush=True)


os.environ["TOKENIZERS_PARALLELISM"] = "false"
main()
