import { reasons, subjects } from '../../wire/rsp/index.js';
import { inCommands } from './in-commands.js';

/**
 * Problem details (RFC 9457). The server may have another version, so each member may be missing or have another type.
 */
interface ProblemDetails {
  readonly title?: unknown;
  readonly detail?: unknown;
  /** Status code of SGP.22: `8.2.1/3.5`. */
  readonly refusal?: unknown;
  readonly errors?: unknown;
}

interface FieldProblem {
  /** Place in the uploaded file, counted from 1. */
  readonly line?: unknown;
  readonly column?: unknown;
  readonly field?: unknown;
  readonly message?: unknown;
  readonly remedy?: unknown;
}

/** Formats problem details for the terminal, in several lines. */
export function problemText(body: string, status: number): string {
  const { title, detail, refusal, errors } = parsed(body);
  const fields = (Array.isArray(errors) ? errors : []) as FieldProblem[];
  if (status === 401) {
    return tokenText(body);
  }
  const sentence = text(detail) ?? text(title) ?? 'the server does not say why';
  const refused = `The server refuses (HTTP ${status})`;
  if (fields.length > 0) return [`${refused}:`, ...fields.flatMap(remarkLines)].join('\n');
  return [`${refused}: ${sentence}`, ...statusLines(text(refusal))].join('\n');
}

/** Explains a refusal with HTTP 401: the token is missing or wrong. */
export function tokenText(body: string): string {
  const [said] = (text(parsed(body).detail) ?? 'the server requires its bearer token').split(':');
  return `The server refuses (HTTP 401): ${said}.\nGive the token with --token or SMDP_ADMIN_TOKEN. A server that made its own token keeps it in the file admin.token beside the database.`;
}

/** Formats the problem of one member, and its remedy. */
export function remarkLines({ line, column, field, message, remedy }: FieldProblem): string[] {
  const advice = text(remedy);
  const place = [number('line', line), number('column', column)].filter(Boolean).join(', ');
  return [
    `  ${place || text(field) || 'request'}: ${text(message) ?? 'is wrong'}`,
    ...(advice === undefined ? [] : [`    ${advice}`]),
  ];
}

/** Formats a status code of SGP.22 with the names of its subject and reason. */
function statusLines(code: string | undefined): string[] {
  const [subject = '', reason = ''] = code?.split('/') ?? [];
  if (!Object.hasOwn(subjects, subject) || !Object.hasOwn(reasons, reason)) return [];
  return [
    `  ${subject} / ${reason}: ${subjects[subject as keyof typeof subjects]}, ${reasons[reason as keyof typeof reasons]}`,
  ];
}

const number = (name: string, value: unknown): string =>
  typeof value === 'number' ? `${name} ${value}` : '';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? inCommands(value) : undefined;

function parsed(body: string): ProblemDetails {
  try {
    return (JSON.parse(body) as ProblemDetails | null) ?? {};
  } catch {
    return {};
  }
}
