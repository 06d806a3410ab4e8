"""The variants of the model that were built and measured; one of them ships."""

from __future__ import annotations

from encoder_graph import Variant

REFERENCE = "reference"
SHIPPED = "paired-quiet"

VARIANTS: dict[str, Variant] = {
    REFERENCE: Variant("fp32", "none: the 4-bit weights, in float32 throughout", "float", "float"),
    "folded": Variant("q4", "4-bit weights, made float32 when the session loads", "folded", "folded"),
    "four-bit": Variant("q4", "4-bit weights, MatMulNBits with int8 activations", "four-bit", "four-bit"),
    "seven-bit": Variant("int8", "int8 weights held to -63..63", "seven-bit", "seven-bit"),
    "seven-bit-folded": Variant("int8", "as seven-bit; FFN-out in float32", "seven-bit", "folded"),
    "seven-bit-four-bit": Variant("int8", "as seven-bit; FFN-out by MatMulNBits", "seven-bit", "four-bit"),
    "paired": Variant("int8", "int8 weights whose pairs cannot overflow", "paired", "paired"),
    SHIPPED: Variant(
        "int8",
        "int8 weights whose pairs cannot overflow, int8 activations with one scale a call, "
        "loud channels apart; 4-bit word table",
        "paired", "paired", loud_apart=True,
    ),
}
