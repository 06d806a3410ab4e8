"""The encoder in PyTorch: the same network that `models/build` writes as ONNX, with weights that can be trained.

BERT with layers normed after each sum, exact GELU, and the mean over a text's tokens, brought to
unit length, as its embedding. Parameters carry the names of the source file's tensors
(`l0.q.w`, `emb.ln.b`), so that what was trained goes back to the build under the same names.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onnx_graph import FloatArray
from source_model import Shape, SourceModel

_NORMS = ("emb.ln", "aln", "oln")
PADDING = 1
_LENGTHS = (8, 12, 16, 20, 24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512)


def has_bfloat16() -> bool:
    """Tells whether this processor multiplies bfloat16 in hardware: 1.6 (AVX-512) to 3 times (AMX) as fast as float32."""
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def fast_products() -> torch.autocast:
    """Returns a context in which products are computed in bfloat16 where that is faster."""
    return torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16())


class Layers(nn.Module):
    """Layers of the encoder, with weights that can be trained."""

    def __init__(self, shape: Shape, tensors: dict[str, FloatArray]) -> None:
        """`tensors` holds the trainable weights by their names in the source file, flat."""
        super().__init__()
        self.shape = shape
        self.weights = nn.ParameterDict({
            _parameter_name(name): nn.Parameter(torch.from_numpy(values.reshape(_shape_of(name, shape)).copy()))
            for name, values in tensors.items()
        })

    @property
    def device(self) -> torch.device:
        """Where the weights are, and where inputs have to be."""
        return next(iter(self.weights.values())).device

    def layer(self, name: str, x: Tensor, mask: Tensor) -> Tensor:
        """Returns what layer `name` (`l0`) makes of `x`, [batch, tokens, hidden].

        `mask` says which tokens (last axis) a token (the one before) attends to, bool, broadcast to
        [batch, heads, tokens, tokens].
        """
        batch, tokens, hidden = x.shape
        heads = self.shape.heads

        def split(part: str) -> Tensor:
            return parts[part].view(batch, tokens, heads, hidden // heads).transpose(1, 2).float()

        parts = {part: self._linear(f"{name}.{part}", x) for part in "qkv"}

        # In float32 also where the products around it are bfloat16: its backward pass is ten times as fast so.
        with torch.autocast("cpu", enabled=False):
            context = functional.scaled_dot_product_attention(
                split("q"), split("k"), split("v"), attn_mask=mask)
        joined = context.transpose(1, 2).reshape(batch, tokens, hidden)
        x = self.norm(f"{name}.aln", self._linear(f"{name}.ao", joined) + x)
        inner = functional.gelu(self._linear(f"{name}.fi", x))
        return self.norm(f"{name}.oln", self._linear(f"{name}.fo", inner) + x)

    def norm(self, name: str, x: Tensor) -> Tensor:
        """Returns `x` normed by layer norm `name`."""
        return functional.layer_norm(x, (self.shape.hidden,), self.weight(f"{name}.w"), self.weight(f"{name}.b"),
                                     self.shape.layer_norm_epsilon)

    def weight(self, name: str) -> Tensor:
        """Returns the parameter that the source file calls `name`."""
        return self.weights[_parameter_name(name)]

    def tensors(self) -> dict[str, FloatArray]:
        """Returns the trainable tensors by their names in the source file, flat."""
        return {name.replace("/", "."): values.detach().cpu().numpy().reshape(-1).copy()
                for name, values in self.weights.items()}

    def _linear(self, name: str, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight(f"{name}.w"), self.weight(f"{name}.b"))


class Encoder(Layers):
    """Token ids in, unit-length embeddings out. The word table and the positions are frozen."""

    def __init__(self, shape: Shape, tensors: dict[str, FloatArray], words: FloatArray) -> None:
        """`tensors` holds everything but the word table, flat; `words` is [rows, hidden]."""
        super().__init__(shape, {name: values for name, values in tensors.items() if name not in ("emb.pos", "emb.type")})
        self.words = nn.Embedding.from_pretrained(torch.from_numpy(words), freeze=True)
        positions = tensors["emb.pos"].reshape(-1, shape.hidden) + tensors["emb.type"].reshape(-1, shape.hidden)[0]
        self.positions = nn.Embedding.from_pretrained(torch.from_numpy(positions), freeze=True)

    @staticmethod
    def of(model: SourceModel) -> Encoder:
        """Returns the encoder of a model whose vocabulary is chosen."""
        tensors = {name: model.float_tensor(name) for name in model.tensors if name != "emb.word"}
        return Encoder(model.shape, tensors, model.matrix("emb.word", model.shape.hidden))

    def forward(self, ids: Tensor) -> Tensor:
        """Returns [batch, hidden] of `ids`, int64 [batch, tokens], filled up with PADDING on the right."""
        keep = ids != PADDING
        x = self.hidden_states(ids, self.shape.layers)
        summed = (x.float() * keep[:, :, None]).sum(dim=1)
        return functional.normalize(summed, dim=-1)

    def hidden_states(self, ids: Tensor, layers: int) -> Tensor:
        """Returns what the first `layers` layers make of `ids`, [batch, tokens, hidden]."""
        mask = (ids != PADDING)[:, None, None, :]
        x = self.norm("emb.ln", self.words(ids) + self.positions.weight[: ids.shape[1]])
        for layer in range(layers):
            x = self.layer(f"l{layer}", x, mask)
        return x


def padded_length(tokens: int) -> int:
    """Returns the length to which a text of so many tokens is filled up: one of a few, since each new shape of a
    product costs PyTorch as much again as the product."""
    return next(length for length in _LENGTHS if length >= tokens)


def pad(texts: list[list[int]]) -> Tensor:
    """Returns token ids of several texts as int64 [texts, padded length], filled up with PADDING."""
    ids = np.full((len(texts), padded_length(max(map(len, texts)))), PADDING, np.int64)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
    return torch.from_numpy(ids)


def _parameter_name(name: str) -> str:
    """Returns `name` as PyTorch allows it: no dots."""
    return name.replace(".", "/")


def _shape_of(name: str, shape: Shape) -> tuple[int, ...]:
    if not name.endswith(".w") or any(norm in name for norm in _NORMS):
        return (-1,)
    return (-1, shape.feed_forward if ".fo." in name else shape.hidden)
