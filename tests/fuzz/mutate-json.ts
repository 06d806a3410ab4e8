import fc from 'fast-check';
import { HOSTILE_NAMES, hostileTexts, hostileValues } from './hostile-values.js';
import { RawJson, WithExtraField } from './json-text.js';

type Path = ReadonlyArray<string | number>;

/** One change to a JSON value; where it is made is `place`, counted through the value from the outside in. */
interface Change {
  readonly place: number;
  readonly make: (value: unknown) => unknown;
  /** The place itself goes, with its name. */
  readonly removes?: true;
}

const REMOVE: Change['make'] = () => undefined;

const changes: fc.Arbitrary<Change> = fc
  .tuple(fc.nat({ max: 1_000 }), kindsOfChange())
  .map(([place, change]) => ({
    place,
    ...change,
  }));

function kindsOfChange(): fc.Arbitrary<Omit<Change, 'place'>> {
  const names = fc.oneof(fc.constantFrom<string>(...HOSTILE_NAMES), hostileTexts);
  return fc.oneof(
    { weight: 5, arbitrary: hostileValues.map((value) => ({ make: () => value })) },
    { weight: 2, arbitrary: fc.constant({ make: REMOVE, removes: true as const }) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(names, hostileValues)
        .map(([name, value]) => ({ make: (old: unknown) => withField(old, name, value) })),
    },
    { weight: 1, arbitrary: fc.constant({ make: withFirstFieldTwice }) },
    { weight: 1, arbitrary: fc.constant({ make: (old: unknown) => [old] }) },
    {
      weight: 1,
      arbitrary: fc.constant({
        make: (old: unknown) => (Array.isArray(old) ? old[0] : (JSON.stringify(old) ?? '')),
      }),
    },
    {
      weight: 2,
      arbitrary: hostileTexts.map((text) => ({
        make: (old: unknown) => (typeof old === 'string' ? old + text : text),
      })),
    },
  );
}

/** Values like those of `values`, with one to four changes, any of which may make them wrong. */
export function mutatedJson(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(
      values,
      fc.oneof(
        { weight: 3, arbitrary: fc.tuple(changes) },
        { weight: 1, arbitrary: fc.array(changes, { minLength: 2, maxLength: 4 }) },
      ),
    )
    .map(([value, made]) => made.reduce<unknown>(applyChange, value));
}

function applyChange(value: unknown, { place, make, removes }: Change): unknown {
  const paths = pathsOf(value);
  const path = paths[place % paths.length] ?? [];
  return changeAt(value, path, (old) => (removes === true && path.length === 0 ? null : make(old)));
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (!isContainer(value)) return [path];
  return [path, ...Object.keys(value).flatMap((name) => pathsOf(value[name], [...path, name]))];
}

function changeAt(value: unknown, [name, ...rest]: Path, make: Change['make']): unknown {
  if (name === undefined || !isContainer(value)) return make(value);
  const changed = changeAt(value[name], rest, make);
  const entries = Object.entries(value).flatMap(([key, old]) => {
    if (key !== String(name)) return [[key, old] as const];
    return changed === undefined ? [] : [[key, changed] as const];
  });
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof RawJson || value instanceof WithExtraField)
  );
}

function withField(old: unknown, name: string, value: unknown): unknown {
  return isContainer(old) && !Array.isArray(old) ? new WithExtraField(old, { name, value }) : value;
}

function withFirstFieldTwice(old: unknown): unknown {
  if (!isContainer(old) || Array.isArray(old)) return [old, old];
  const [first] = Object.entries(old);
  return first === undefined ? old : new WithExtraField(old, { name: first[0], value: first[1] });
}
