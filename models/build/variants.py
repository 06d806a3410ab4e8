"""The variants of the model that were built and measured; one of them ships."""

from __future__ import annotations

from encoder_graph import Variant

REFERENCE = "reference"
#: What the base model is built as: its bytes depend on nothing but the source.
BASE_VARIANT = "paired-quiet"
#: What the tuned model is built as: a sample of texts is read for it.
SHIPPED = "calibrated"

VARIANTS: dict[str, Variant] = {
    REFERENCE: Variant("fp32", "none: the 4-bit weights, in float32 throughout", "float", "float"),
    "folded": Variant("q4", "4-bit weights, made float32 when the session loads", "folded", "folded"),
    "four-bit": Variant("q4", "4-bit weights, MatMulNBits with int8 activations", "four-bit", "four-bit"),
    "seven-bit": Variant("int8", "int8 weights held to -63..63", "seven-bit", "seven-bit"),
    "seven-bit-folded": Variant("int8", "as seven-bit; FFN-out in float32", "seven-bit", "folded"),
    "seven-bit-four-bit": Variant("int8", "as seven-bit; FFN-out by MatMulNBits", "seven-bit", "four-bit"),
    "paired": Variant("int8", "int8 weights whose pairs cannot overflow", "paired", "paired"),
    BASE_VARIANT: Variant(
        "int8",
        "int8 weights whose pairs cannot overflow, int8 activations with one scale a call, "
        "loud channels apart; 4-bit word table",
        "paired", "paired", loud_apart=True,
    ),
    SHIPPED: Variant(
        "int8",
        "int8 weights whose pairs cannot overflow, rounded by what their inputs are in real text; int8 activations with "
        "one scale a call, every channel brought to its size; 4-bit word table",
        "calibrated", "calibrated",
    ),
}
#: Those that need no sample of texts, and the word for the file that a model folder already holds.
BUILDABLE = sorted(set(VARIANTS) - {SHIPPED})
BUILT = "built"
