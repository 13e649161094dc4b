import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import type { SettableClock } from '../base/settable-clock.js';
import type { ControlContext } from './context.js';
import { fieldProblem, problemResponses } from './http/problem.js';
import { viewFrom } from './http/view.js';
import type { Testing } from './testing.js';
import { requireWholeServer } from './scope.js';

const count = (unit: string) =>
  Type.Optional(Type.Number({ description: `a number of ${unit}; negative: back in time` }));

/** A duration: the sum of its members. */
export const Duration = Type.Object(
  {
    days: count('days'),
    hours: count('hours'),
    minutes: count('minutes'),
    seconds: count('seconds'),
    milliseconds: count('milliseconds'),
  },
  { additionalProperties: false, description: 'a length of time, for instance {"days": 1, "minutes": 30}' },
);
export type Duration = Static<typeof Duration>;

export const ClockChange = Type.Object(
  {
    now: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d))?$',
        description: 'a time in ISO 8601, for instance 2030-01-31T12:00:00Z',
      }),
    ),
    advance: Type.Optional(Duration),
    frozen: Type.Optional(Type.Boolean({ description: 'true: freeze the clock, false: let it run' })),
  },
  { additionalProperties: false },
);
export type ClockChange = Static<typeof ClockChange>;

interface Served {
  readonly clock: SettableClock;
  /** The TLS certificate of the device-facing listener. */
  readonly tls: ControlContext['pki']['tls']['certificate'];
}

const served = viewFrom<Served>()((member) => ({
  now: member(Type.String({ description: 'time in ISO 8601' }), ({ clock }) => clock.now().toISOString()),
  frozen: member(Type.Boolean(), ({ clock }) => clock.isFrozen),
  ahead: member(
    Type.Integer({ description: "milliseconds ahead of the machine's clock" }),
    ({ clock }) => clock.ahead,
  ),
  warnings: member(
    Type.Array(Type.String(), { description: 'problems that the clock causes, one sentence each' }),
    ({ clock, tls }) => warningsAt(clock.now(), tls),
  ),
}));

/** The server's clock. */
export const ClockView = served.schema;
export type ClockView = Static<typeof ClockView>;

const tags = ['testing'];
const response = { 200: ClockView, ...problemResponses };
const schemas = {
  show: { tags, summary: 'Show the clock', response },
  change: { tags, summary: 'Set, advance or freeze the clock', body: ClockChange, response },
  reset: { tags, summary: "Return to the machine's clock", response },
};

/** `/clock`: the clock that decides when certificates, orders and sessions expire. */
export function clock(
  app: FastifyInstance,
  { context: { pki }, testing }: { context: ControlContext; testing: Testing },
  done: () => void,
): void {
  const view = (): ClockView => served.of({ clock: testing.clock, tls: pki.tls.certificate });

  app.get('/clock', { schema: schemas.show }, async () => view());

  app.put<{ Body: ClockChange }>('/clock', { schema: schemas.change }, async (request) => {
    requireWholeServer(request, 'the clock is');
    await testing.change(() => changeClock(testing.clock, request.body));
    const { now, frozen } = view();
    request.log.warn({ now, frozen }, 'clock changed');
    return view();
  });

  app.delete('/clock', { schema: schemas.reset }, async (request) => {
    requireWholeServer(request, 'the clock is');
    await testing.change(() => testing.clock.reset());
    return view();
  });
  done();
}

/** @throws Problem 400 for a time outside the years 1970 to 9999, or if both `now` and `advance` are given */
export function changeClock(clock: SettableClock, { now, advance, frozen }: ClockChange): void {
  if (now !== undefined && advance !== undefined)
    throw fieldProblem('advance', 'cannot be combined with `now`', 'give one of the two');
  if (now !== undefined) inRange('now', () => clock.set(new Date(now)));
  if (advance !== undefined) inRange('advance', () => clock.advance(milliseconds(advance)));
  if (frozen === true) {
    clock.freeze();
    // Sets the time again, because the clock may have advanced by a millisecond before it was frozen.
    if (now !== undefined) clock.set(new Date(now));
  }
  if (frozen === false) clock.unfreeze();
}

function inRange(field: string, move: () => void): void {
  try {
    move();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw fieldProblem(field, error.message, 'give a time from 1970 to 9999');
  }
}

const milliseconds = ({ days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 }: Duration) =>
  (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + rest;

/** Warns if the TLS certificate is invalid at this time. */
function warningsAt(now: Date, tls: { readonly notBefore: Date; readonly notAfter: Date }): string[] {
  const { notBefore, notAfter } = tls;
  if (now >= notBefore && now <= notAfter) return [];
  return [
    `the TLS certificate is valid from ${notBefore.toISOString()} to ${notAfter.toISOString()}: clients whose clocks agree with this clock refuse to connect`,
  ];
}
