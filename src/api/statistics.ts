import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { Statistics, step } from '../instruments/statistics/index.js';
import { profileStates } from '../store/index.js';
import type { ControlContext } from './context.js';
import { problemResponses } from './http/problem.js';
import { isoTime } from './iso-time.js';
import { requestedNamespace, scopeOf } from './scope.js';

export const StatisticsQuery = Type.Object(
  {
    minutes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 60, description: 'a number of minutes, 1 to 60; default: 15' }),
    ),
  },
  { additionalProperties: false },
);
export type StatisticsQuery = Static<typeof StatisticsQuery>;

const perStep = (description: string) => Type.Array(Type.Integer(), { description });

/** Answer of `GET /statistics`. */
export const StatisticsView = Type.Object({
  profiles: Type.Object({
    total: Type.Integer(),
    byState: Type.Object(
      Object.fromEntries(profileStates.map((state) => [state, Type.Integer()])) as Record<
        (typeof profileStates)[number],
        Type.TInteger
      >,
      { description: 'number of profiles in each state' },
    ),
  }),
  sessions: Type.Object(
    {
      initiated: Type.Integer({ description: 'sessions that wait for authenticateClient' }),
      authenticated: Type.Integer({ description: 'sessions that wait for getBoundProfilePackage' }),
    },
    { description: 'sessions of the whole server that wait for the next request of their device' },
  ),
  callbacksWaiting: Type.Integer({
    description: 'messages of the whole server that operators have not received',
  }),
  downloads: Type.Object({
    from: Type.String({ description: "start of the first step, by the machine's clock" }),
    step: Type.Integer({ description: 'length of each step in seconds' }),
    installed: perStep('number of profiles that were installed in each step, oldest first'),
    failed: perStep('number of profiles whose installation failed in each step, oldest first'),
  }),
  refusals: Type.Array(
    Type.Object({
      result: Type.String({ description: 'status code, HTTP status or TLS alert: 8.2.6/3.8, HTTP 503' }),
      count: Type.Integer(),
    }),
    { description: 'refused requests in the same period, most frequent first' },
  ),
});
export type StatisticsView = Static<typeof StatisticsView>;

/** `GET /statistics`: counts for an overview. Their cost does not depend on the number of profiles. */
export function statistics(
  app: FastifyInstance,
  { context }: { context: ControlContext },
  done: () => void,
): void {
  const counts = new Statistics(context.journal);
  app.addHook('onClose', async () => counts.end());
  const schema = {
    tags: ['journal'],
    summary: 'Count profiles by state and open sessions, and show downloads and refusals over time',
    querystring: StatisticsQuery,
    response: { 200: StatisticsView, ...problemResponses },
  };
  app.get<{ Querystring: StatisticsQuery }>(
    '/statistics',
    { schema },
    async (request): Promise<StatisticsView> => {
      const { minutes = 15 } = request.query;
      await context.journal.catchUp();
      const { store, clock, settings } = scopeOf(context, request);
      const byState = await store.countProfiles();
      const now = clock.now().getTime();
      const { sessions, callbacks } = await store.countUnderWay(now, now + settings.sessionTimeout * 1000);
      const { from, installed, failed, refusals } = counts.summary(minutes, requestedNamespace(request));
      return {
        profiles: { total: Object.values(byState).reduce((sum, count) => sum + count, 0), byState },
        sessions,
        callbacksWaiting: callbacks,
        downloads: { from: isoTime(from), step, installed: [...installed], failed: [...failed] },
        refusals: [...refusals],
      };
    },
  );
  done();
}
