/** A value of a property list. */
export type PlistValue = string | number | boolean | Date | Buffer | readonly PlistValue[] | PlistDict;

/** A dictionary of a property list. */
export type PlistDict = ReadonlyMap<string, PlistValue>;

export const isDict = (value: PlistValue | undefined): value is PlistDict => value instanceof Map;

/** Makes a dictionary. Leaves out members that are `undefined`. */
export const dictOf = (members: Readonly<Record<string, PlistValue | undefined>>): PlistDict =>
  new Map(
    Object.entries(members).filter((member): member is [string, PlistValue] => member[1] !== undefined),
  );
