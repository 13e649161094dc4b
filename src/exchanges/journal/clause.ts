import type { Exchange } from '../exchange.js';

const sections: Readonly<Record<string, string>> = {
  'ES9+ initiateAuthentication': '5.6.1',
  'ES9+ getBoundProfilePackage': '5.6.2',
  'ES9+ authenticateClient': '5.6.3',
  'ES9+ handleNotification': '5.6.4',
  'ES9+ cancelSession': '5.6.5',
  'ES11 initiateAuthentication': '5.8.1',
  'ES11 authenticateClient': '5.8.2',
  'ES12 registerEvent': '5.9.1',
  'ES12 deleteEvent': '5.9.2',
  'ES2+ downloadOrder': '5.3.1',
  'ES2+ confirmOrder': '5.3.2',
  'ES2+ cancelOrder': '5.3.3',
  'ES2+ releaseProfile': '5.3.4',
};

/** Interfaces whose functions note every step that has been passed, so that the one that was not is the next. */
const notesEveryStep = new Set(['ES9+', 'ES11']);

/**
 * Where SGP.22 has the check that refused a request: the step, where it is known, else the section; 6.5.1 for what is not
 * even a message. Nothing for what was refused on purpose.
 */
export function refusingClause({
  refusal,
  notes,
  checks,
  interfaceName,
  functionName,
}: Exchange): string | undefined {
  if (!refusal || notes.length > 0) return undefined;
  if (refusal.subjectCode === '1.3.1') return '6.5.1';
  const last = /^(?<section>.*) \((?<step>\d+)\)$/.exec(checks.at(-1)?.clause ?? '')?.groups;
  const section = last?.['section'] ?? sections[`${interfaceName} ${functionName}`];
  if (section === undefined || !notesEveryStep.has(interfaceName)) return section;
  return `${section} (${Number(last?.['step'] ?? 0) + 1})`;
}
