import type { MagicCode } from './code.js';
import { answeringSteps, stepOf, stepped } from './code.js';

const page =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Free WLAN</h1><form>...</form></body></html>\n';

/** MatchingIDs that cause HTTP faults. */
export const http: readonly MagicCode[] = [
  {
    name: 'HTTP',
    form: 'HTTP-[step-]<status>[-BODY]',
    pattern: stepped('HTTP', '-(?<status>[2-5]\\d\\d)(?<body>-BODY)?'),
    examples: [
      'HTTP-500',
      'HTTP-GBPP-503',
      'HTTP-404-BODY',
      'HTTP-204-BODY',
      'HTTP-NOTE-500',
      'HTTP-NOTE-200-BODY',
    ],
    what: 'answers with this HTTP status and no body, and does not handle the request. With BODY, handles the request and sends the correct body with this status. The body at NOTE is `{}`',
    notices: 'HTTP status 500 instead of 200. At NOTE, the device keeps the notification and sends it again',
    read: (match) => {
      const [step, httpStatus] = [stepOf(match), Number(match.groups!['status'])];
      if (!match.groups!['body']) return { rule: { function: step, httpStatus } };
      const body = step === 'handleNotification' ? { body: '{}' } : {};
      return { rule: { function: step, when: 'after', httpStatus, ...body } };
    },
    slips: [[/-\d+(-BODY)?$/, 'status is 200 to 599']],
  },
  {
    name: 'HTML',
    form: 'HTML-[step]',
    pattern: stepped('HTML', '', answeringSteps),
    examples: ['HTML', 'HTML-GBPP'],
    what: 'answers 200 with the sign-in page of a wireless network',
    notices: 'Content-Type is text/html',
    read: (match) => ({ rule: { function: stepOf(match), body: page } }),
  },
  {
    name: 'EMPTY',
    form: 'EMPTY-[step]',
    pattern: stepped('EMPTY', '', answeringSteps),
    examples: ['EMPTY', 'EMPTY-GBPP'],
    what: 'answers 200 with Content-Type application/json and no body',
    notices: 'the answer has an empty body',
    read: (match) => ({
      rule: { function: stepOf(match), body: '', headers: { 'Content-Type': 'application/json' } },
    }),
  },
  {
    name: 'TYPE',
    form: 'TYPE-[step]',
    pattern: stepped('TYPE', '', answeringSteps),
    examples: ['TYPE'],
    what: 'the correct answer, as text/plain',
    notices: 'Content-Type is text/plain',
    read: (match) => ({ rule: { function: stepOf(match), headers: { 'Content-Type': 'text/plain' } } }),
  },
  {
    name: 'PROTOCOL',
    form: 'PROTOCOL-[step]',
    pattern: stepped('PROTOCOL'),
    examples: ['PROTOCOL'],
    what: 'the correct answer, with X-Admin-Protocol gsma/rsp/v9.9.9',
    notices: 'X-Admin-Protocol is not version 2',
    read: (match) => ({
      rule: { function: stepOf(match), headers: { 'X-Admin-Protocol': 'gsma/rsp/v9.9.9' } },
    }),
  },
  {
    name: 'BADJSON',
    form: 'BADJSON-[step]',
    pattern: stepped('BADJSON', '', answeringSteps),
    examples: ['BADJSON', 'BADJSON-GBPP'],
    what: 'the correct answer without its last 20 octets',
    notices: 'the answer is not JSON',
    read: (match) => ({ rule: { function: stepOf(match), octets: { truncate: -20 } } }),
  },
  {
    name: 'NOHEADER',
    form: 'NOHEADER-[step]',
    pattern: stepped('NOHEADER', '', answeringSteps),
    examples: ['NOHEADER'],
    what: 'the correct answer without `header`',
    notices: 'the answer has no header.functionExecutionStatus',
    read: (match) => ({ rule: { function: stepOf(match), answer: { header: null } } }),
  },
  {
    name: 'WARN',
    form: 'WARN-[step]',
    pattern: stepped('WARN', '', answeringSteps),
    examples: ['WARN', 'WARN-GBPP'],
    what: 'the correct answer with the status Executed-WithWarning, which means success',
    notices: 'nothing that would stop the download',
    read: (match) => ({
      rule: {
        function: stepOf(match),
        answer: {
          'header.functionExecutionStatus': {
            set: {
              status: 'Executed-WithWarning',
              statusCodeData: { subjectCode: '8.2', reasonCode: '4.3', message: 'a warning on purpose' },
            },
          },
        },
      },
    }),
  },
];
