/** What may be said of a schema in the place where it is used, without changing what it allows. */
const ANNOTATIONS: readonly string[] = ['$ref', 'description', 'default', 'examples', 'deprecated', 'title'];

/**
 * A copy of an OpenAPI document in which a reference to a schema stands alone, or with words of its own.
 *
 * A zod schema with a name that is described anew is a copy of the one that has the name. Of what both say, the
 * generator leaves out what is the same; the rest would stand beside the reference and narrow what it allows.
 */
export function withBareReferences<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(withBareReferences) as Node;
  if (typeof node !== 'object' || node === null) return node;
  const isReference = '$ref' in node && typeof node.$ref === 'string';
  const kept = Object.entries(node).filter(([key]) => !isReference || ANNOTATIONS.includes(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withBareReferences(value)])) as Node;
}
