import type { ElementView, PackageView, ViewValue } from './view.js';

/** A difference between two packages. */
export interface Difference {
  /** The place: element, file and member, such as `usim/ef-imsi/content`. A second usim is `usim#2`. */
  readonly path: string;
  /** The value in the first package. Absent if only the second package has a value here. */
  readonly before?: string | undefined;
  /** The value in the second package. Absent if only the first package has a value here. */
  readonly after?: string | undefined;
}

/** Compares the content of two packages, element by element. Positions and lengths of elements do not count. */
export function diffPackages(first: PackageView, second: PackageView): readonly Difference[] {
  const [before, after] = [flattened(first), flattened(second)];
  const paths = [...before.keys(), ...[...after.keys()].filter((path) => !before.has(path))];
  return paths
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }))
    .filter((difference) => difference.before !== difference.after);
}

function flattened({ elements }: PackageView): Map<string, string> {
  const values = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const element of elements) {
    const count = (seen.get(element.name) ?? 0) + 1;
    seen.set(element.name, count);
    const path = count === 1 ? element.name : `${element.name}#${count}`;
    for (const [name, value] of membersOf(element))
      add(values, name === '' ? path : `${path}/${name}`, value);
  }
  return values;
}

function* membersOf({
  identification,
  mandated,
  templateID,
  problem,
  values,
  files,
}: ElementView): Generator<[string, ViewValue | undefined]> {
  yield ['identification', identification];
  yield ['mandated', mandated];
  yield ['templateID', templateID];
  yield ['problem', problem];
  yield* Object.entries(values);
  for (const { name, ...file } of files)
    for (const [member, value] of Object.entries(file)) yield [`${name}/${member}`, value];
}

/** Adds a value under its path. A list is one value, so lists are compared as a whole. */
function add(values: Map<string, string>, path: string, value: ViewValue | undefined): void {
  if (value === undefined) return;
  let own = path;
  for (let count = 2; values.has(own); count++) own = `${path}#${count}`;
  values.set(own, typeof value === 'object' ? value.join(', ') : String(value));
}
