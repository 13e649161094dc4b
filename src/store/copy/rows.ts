/** A value of a copied row, the same for all engines. */
export type Value = string | number | boolean | Buffer | null;

/** The values of a row, in the order of the table's columns. */
export type Row = readonly Value[];

/** Writes values as JSON. Octets become a list with one hexadecimal text, so they cannot be confused with a text value. */
export const encodeValues = (values: Row): string =>
  JSON.stringify(values.map((value) => (Buffer.isBuffer(value) ? [value.toString('hex')] : value)));

export const decodeValues = (text: string): Row =>
  (JSON.parse(text) as (Exclude<Value, Buffer> | [string])[]).map((value) =>
    Array.isArray(value) ? Buffer.from(value[0], 'hex') : value,
  );
