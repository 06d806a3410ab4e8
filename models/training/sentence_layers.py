"""The layers that give a passage's sentences their embeddings out of the passage's own pass.

The encoder reads a passage once. Its last layers have a counterpart here, in which a token attends to the tokens of its
own sentence, and to those that belong to none (`<s>`, the prefix, `</s>`); a sentence's embedding is the mean over
its tokens, at unit length. What is learnt is the embedding that the encoder gives the sentence by itself.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from encoder import Encoder, Layers
from onnx_graph import FloatArray
from passage_layout import OF_ALL
from source_model import Shape

#: In place of a sentence's number, beside OF_ALL: a token that fills up a row.
OF_NONE = -2


class SentenceLayers(Layers):
    """The counterpart of the encoder's last layers, under their names."""

    def __init__(self, shape: Shape, tensors: dict[str, FloatArray], count: int) -> None:
        """`tensors` holds the weights of the last `count` layers, flat; others in it are left out."""
        self.names = [f"l{layer}" for layer in range(shape.layers - count, shape.layers)]
        super().__init__(shape, {name: values for name, values in tensors.items()
                                 if name.split(".", 1)[0] in self.names})

    @staticmethod
    def of(encoder: Encoder, count: int) -> SentenceLayers:
        """Returns a copy of the encoder's last `count` layers, to begin with."""
        return SentenceLayers(encoder.shape, encoder.tensors(), count)

    @property
    def before(self) -> int:
        """How many layers of the encoder come before these."""
        return self.shape.layers - len(self.names)

    def forward(self, hidden: Tensor, sentence_of: Tensor, sentences: int) -> Tensor:
        """Returns [batch, sentences, hidden], unit length.

        `hidden` is [batch, tokens, hidden]; `sentence_of`, int64 [batch, tokens], numbers each token's sentence, or is
        OF_ALL or OF_NONE. A sentence without tokens gets zeros.
        """
        same = sentence_of[:, :, None] == sentence_of[:, None, :]
        mask = (same | (sentence_of == OF_ALL)[:, None, :])[:, None]
        for name in self.names:
            hidden = self.layer(name, hidden, mask)
        numbers = torch.arange(sentences, device=hidden.device)
        members = (sentence_of[:, None, :] == numbers[None, :, None]).float()
        return functional.normalize(members @ hidden.float(), dim=-1)
