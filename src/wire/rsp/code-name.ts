/** A code with its name in an enumeration: `2 (invalidSignature)`. A code without a name stays alone. */
export function withName(codes: Readonly<Record<string, number>>, code: number): string {
  const name = Object.keys(codes).find((each) => codes[each] === code);
  return name === undefined ? String(code) : `${code} (${name})`;
}
