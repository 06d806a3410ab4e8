/** Embeddings, overrides and isolates: they reorder what stands after them until somebody ends them. Marks stay. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Not allowed in HTML at all. Tabs, line feeds and carriage returns are. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;

/**
 * Takes out of a text what would change how the page around it is read: bidi controls (U+202E and the like), of which
 * no author's words are made; control characters and halves of surrogate pairs become U+FFFD.
 */
export function neutraliseText(text: string): string {
  return text
    .replace(BIDI_CONTROLS, '')
    .replace(FORBIDDEN, '\ufffd')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}
