import { describe, expect, it } from 'vitest';
import { reasons, statusCodes, subjects } from '../../src/wire/rsp/index.js';
import { statusCodesPage } from '../../scripts/pages/status-codes.js';
import { statusCodeProblems } from '../support/answered-statuses-reporter.js';

describe('the page of status codes', () => {
  it('has one row for each status code of the server, in the same order', () => {
    const rows = [...statusCodesPage().matchAll(/^\| (\d[\d.]*) \| (\d[\d.]*) \|/gm)];
    expect(rows.map(([, subject, reason]) => `${subject}/${reason}`)).toEqual(statusCodes);
  });

  it.each([
    ['subject', 0, subjects],
    ['reason', 1, reasons],
  ])('uses every %s that has a name', (_, part, names) => {
    const used = new Set(statusCodes.map((status) => status.split('/')[part]!));
    expect([...used].sort()).toEqual(Object.keys(names).sort());
  });
});

describe('the check at the end of a full test run', () => {
  const all: readonly string[] = statusCodes;

  it('accepts a run in which the server answered each status code', () => {
    expect(statusCodeProblems(new Set(all))).toEqual([]);
  });

  it('names a documented status code that no test provoked', () => {
    expect(statusCodeProblems(new Set(all.slice(1)))).toEqual([expect.stringContaining(all[0]!)]);
  });

  it('names an answered status code that is not documented', () => {
    expect(statusCodeProblems(new Set([...all, '8.9.9/9.9']))).toEqual([
      expect.stringContaining('8.9.9/9.9'),
    ]);
  });
});
