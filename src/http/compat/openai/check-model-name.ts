import { FihristError } from '../../../domain/errors.js';
import { describeValue, quoteValue } from '../../../text/describe-value.js';

/** @throws MODEL_NAME_UNKNOWN (caller) when `name` is none of the names that the model has */
export function checkModelName(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const quoted = known.map((one) => JSON.stringify(one)).join(', ');
  throw new FihristError('MODEL_NAME_UNKNOWN', `There is no model ${quoteValue(name)}; there is ${quoted}.`, {
    details: { field: 'model', value: describeValue(name), known },
  });
}
