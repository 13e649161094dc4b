import type { FaultView } from '../../api/index.js';

/** Members of the view that are neither conditions nor actions of the rule. */
const counters: ReadonlySet<string> = new Set([
  'id',
  'name',
  'function',
  'matched',
  'hits',
  'outcomesGiven',
  'spent',
  'createdAt',
]);

/** Describes a fault rule in one line: `3: getBoundProfilePackage httpStatus=503 times=1`. */
export function describeFault(fault: FaultView): string {
  const members = Object.entries(fault)
    .filter(([member, value]) => !counters.has(member) && value !== null)
    .map(([member, value]) => `${member}=${textOf(value)}`);
  const name = fault.name && `'${fault.name}'`;
  return [`${fault.id}:`, name, fault.function, ...members].filter(Boolean).join(' ');
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
