import type { Fault } from './api-types.js';

/** Members that are not part of the rule itself. */
const counters: ReadonlySet<string> = new Set([
  'id',
  'name',
  'function',
  'matched',
  'hits',
  'spent',
  'createdAt',
]);

/** A fault in one line: `3: getBoundProfilePackage httpStatus=503 times=1`. */
export function describeFault(fault: Fault): string {
  const members = Object.entries(fault)
    .filter(([member, value]) => !counters.has(member) && value !== null)
    .map(([member, value]) => `${member}=${textOf(value)}`);
  const name = fault.name && `'${fault.name}'`;
  return [`${fault.id}:`, name, fault.function, ...members].filter(Boolean).join(' ');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
