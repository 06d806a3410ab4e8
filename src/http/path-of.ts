/** The path of a request target, without the part after `?`: what may be logged. */
export function pathOf(target: string | undefined): string {
  return target?.split('?', 1)[0] ?? '';
}

/** What stands after the first `?` of a request target; empty when nothing does. */
export function searchOf(target: string): string {
  const question = target.indexOf('?');
  return question === -1 ? '' : target.slice(question + 1);
}
