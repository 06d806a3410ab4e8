"""The two ways of writing a layer of the encoder: with float operators, or with int8 ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from calibration import LayerMoments
from eight_bit import Quantised
from linear_layers import Linear, LinearKind, add_integer_linear, add_linear, quantise
from loud_channels import LoudChannels
from onnx_graph import MICROSOFT, FloatArray, Graph
from source_model import SourceModel

_NO_MOMENTS = LayerMoments(None, None, None, None)

#: What is added to the logit of a token that is not attended to, where each token attends to others than the next one does.
#: e⁻³⁰ is nothing in float32, and unlike the usual −10,000 does not end in denormal numbers, for which some processors
#: take many times as long.
NOT_ATTENDED = -30.0


@dataclass(frozen=True)
class Attention:
    """Which tokens are attended to, for both ways of writing a layer.

    `mask` is int32, [batch, tokens], or [batch, tokens, tokens] where that depends on the token that attends; then `bias`,
    float32 [batch, 1, tokens, tokens], says the same by zeros and NOT_ATTENDED.
    """

    mask: str
    bias: str | None = None


def _norm(graph: Graph, model: SourceModel, layer: int, summands: list[str], part: str) -> str:
    """Adds the post-attention (`aln`) or the output (`oln`) layer norm of a sum."""
    source = f"l{layer}.{part}"
    return graph.sum_and_norm(summands, model.float_tensor(f"{source}.w"), model.float_tensor(f"{source}.b"),
                              f"layer{layer}.{part}", model.shape.layer_norm_epsilon)


def add_float_layer(graph: Graph, model: SourceModel, kind: LinearKind, layer: int, x: str, attention: Attention) -> str:
    """Adds a layer whose activations stay in float32 between operators; returns its output."""
    shape, source, name = model.shape, f"l{layer}", f"layer{layer}"

    def linear(y: str, parts: list[str], label: str, inputs: int) -> str:
        return add_linear(graph, kind, y, Linear.of(model, [f"{source}.{part}" for part in parts], inputs),
                          f"{name}.{label}")

    joined = linear(x, ["q", "k", "v"], "query_key_value", shape.hidden)
    heads = graph.node_of_many("Split", [joined], [f"{name}.query", f"{name}.key", f"{name}.value"],
                               axis=-1, num_outputs=3)
    attended = ["", attention.mask] if attention.bias is None else ["", "", attention.bias]
    context = graph.node("MultiHeadAttention", [*heads, *attended], f"{name}.context", MICROSOFT, num_heads=shape.heads)
    x = _norm(graph, model, layer, [linear(context, ["ao"], "attention_output", shape.hidden), x], "aln")
    inner = linear(x, ["fi"], "feed_forward_in", shape.hidden)
    active = graph.node("Gelu", [inner], f"{name}.gelu", MICROSOFT)
    outer = linear(active, ["fo"], "feed_forward_out", shape.feed_forward)
    return _norm(graph, model, layer, [outer, x], "oln")


def add_integer_layer(
    graph: Graph,
    model: SourceModel,
    kinds: tuple[LinearKind, LinearKind],
    loud: LoudChannels,
    layer: int,
    x: str,
    attention: Attention,
    moments: LayerMoments = _NO_MOMENTS,
) -> str:
    """Adds a layer whose products are int8; returns its output.

    `kinds` are those of all products but the last, and of the last (FFN-out), which may be a
    float kind when nothing is loud. `QAttention` quantises its input once for all three
    projections and keeps the heads apart from the start: no splitting, no transposing.
    """
    kind, last_kind = kinds
    shape, source, name = model.shape, f"l{layer}", f"layer{layer}"

    joined = Linear.of(model, [f"{source}.{part}" for part in "qkv"], shape.hidden)
    projections = quantise(kind, _make_up(joined.matrix(), loud.attention_input), moments.attention_input)
    context = _add_integer_attention(graph, _quieten(graph, x, loud.attention_input, f"{name}.attention"),
                                     projections, joined.bias, name, attention, shape.heads)
    output = Linear.of(model, [f"{source}.ao"], shape.hidden)
    attended = add_linear(graph, kind, context, output, f"{name}.attention_output", moments.context)
    x = _norm(graph, model, layer, [attended, x], "aln")

    into = Linear.of(model, [f"{source}.fi"], shape.hidden)
    out_of = Linear.of(model, [f"{source}.fo"], shape.feed_forward)
    in_matrix, in_bias, out_matrix = into.matrix().copy(), into.bias.copy(), out_of.matrix().copy()
    summands = [x]
    if loud.inner:
        summands.append(_add_loud_inner(graph, x, in_matrix[:, loud.inner], in_bias[loud.inner],
                                        out_matrix[loud.inner], name))
        in_matrix[:, loud.inner], in_bias[loud.inner], out_matrix[loud.inner] = 0, 0, 0
    quiet_x = _quieten(graph, x, loud.feed_forward_input, f"{name}.feed_forward")
    in_quantised = quantise(kind, _make_up(in_matrix, loud.feed_forward_input), moments.feed_forward_input)
    inner = add_integer_linear(graph, quiet_x, in_quantised, in_bias, f"{name}.feed_forward_in")
    active = graph.node("Gelu", [inner], f"{name}.gelu", MICROSOFT)
    if loud.inner:
        outer = add_integer_linear(graph, active, quantise(last_kind, out_matrix, moments.inner), out_of.bias,
                                   f"{name}.feed_forward_out")
    else:
        outer = add_linear(graph, last_kind, active, out_of, f"{name}.feed_forward_out", moments.inner)
    return _norm(graph, model, layer, [outer, *summands], "oln")


def _add_integer_attention(
    graph: Graph, x: str, quantised: Quantised, bias: FloatArray, name: str, attention: Attention, heads: int
) -> str:
    weights, scales = quantised
    small, scale, zero = graph.node_of_many(
        "DynamicQuantizeLinear", [x], [f"{name}.attention.small", f"{name}.attention.scale", f"{name}.attention.zero"])
    operands = [small, graph.constant(f"{name}.query_key_value.weight", weights),
                graph.constant(f"{name}.query_key_value.bias", bias), scale,
                graph.constant(f"{name}.query_key_value.scales", scales), attention.mask, zero]
    filling = {} if attention.bias is None else {"mask_filter_value": NOT_ATTENDED}
    return graph.node("QAttention", operands, f"{name}.context", MICROSOFT, num_heads=heads, unidirectional=0, **filling)


def _quieten(graph: Graph, x: str, factors: FloatArray, name: str) -> str:
    """Makes the loud channels of `x` small; `_make_up` makes their weights larger instead."""
    if (factors == 1).all():
        return x
    small = graph.constant(f"{name}.factors", factors)
    return graph.node("Mul", [x, small], f"{name}.quiet")


def _make_up(matrix: FloatArray, factors: FloatArray) -> FloatArray:
    return matrix / factors[:, np.newaxis]


def _add_loud_inner(
    graph: Graph, x: str, in_matrix: FloatArray, in_bias: FloatArray, out_matrix: FloatArray, name: str
) -> str:
    """Adds what the loud inner channels contribute to the feed-forward output, in float32."""
    product = graph.node("MatMul", [x, graph.constant(f"{name}.loud.in", in_matrix)], f"{name}.loud.product")
    inner = graph.node("Add", [product, graph.constant(f"{name}.loud.bias", in_bias)], f"{name}.loud.inner")
    active = graph.node("Gelu", [inner], f"{name}.loud.gelu", MICROSOFT)
    return graph.node("MatMul", [active, graph.constant(f"{name}.loud.out", out_matrix)], f"{name}.loud")
