import type { FastifyInstance } from 'fastify';
import Type, { type Static, type TSchema } from 'typebox';
import { cancel, release, reset, type ManualChange } from '../../orders/index.js';
import type { Profile } from '../../store/index.js';
import type { ControlContext } from '../context.js';
import { problemResponses } from '../http/problem.js';
import { scopeOf } from '../scope.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';
import { profileView, ProfileView, shownProfile } from './view.js';

const Nothing = Type.Object({}, { additionalProperties: false });

/** Body of `POST /profiles/{iccid}/cancel`. */
export const Cancellation = Type.Object(
  {
    finalProfileStatusIndicator: Type.Optional(
      Type.Enum(['Available', 'Unavailable'], {
        description: 'Available or Unavailable; default: Available',
      }),
    ),
  },
  { additionalProperties: false },
);

export type Cancellation = Static<typeof Cancellation>;

const attempts = (description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, description }));

/** Body of `POST /profiles/{iccid}/reset`. */
export const LimitReset = Type.Object(
  {
    confirmationCodeAttempts: attempts(
      'a number of wrong confirmation codes after which the order ends; default: 5',
    ),
    downloadAttempts: attempts('a number of downloads that devices may start; default: no limit'),
  },
  { additionalProperties: false },
);

export type LimitReset = Static<typeof LimitReset>;

/** `POST /profiles/{iccid}/release`, `cancel`, `reset`: moves a profile through its life cycle by hand. */
export function lifeCycle(app: FastifyInstance, context: ControlContext): void {
  action(app, context, 'release', 'Release a confirmed order', Nothing, (hand) => release(hand));
  action(
    app,
    context,
    'cancel',
    'Cancel an order',
    Cancellation,
    (hand, { finalProfileStatusIndicator = 'Available' }) => cancel(hand, finalProfileStatusIndicator),
  );
  action(app, context, 'reset', 'Make a spent profile downloadable again', LimitReset, reset);
}

function action<const Body extends TSchema>(
  app: FastifyInstance,
  context: ControlContext,
  name: string,
  summary: string,
  body: Body,
  run: (hand: ManualChange, body: Static<Body>) => Promise<Profile>,
): void {
  const schema = {
    tags: ['profiles'],
    summary,
    params: ProfilePath,
    querystring: ProfileChoice,
    body,
    response: { 200: ProfileView, ...problemResponses },
  };
  app.post<{ Params: ProfilePath; Querystring: ProfileChoice; Body: Static<Body> }>(
    `/profiles/:iccid/${name}`,
    { schema },
    async (request) => {
      const { store, clock, smdp } = scopeOf(context, request);
      const { profile } = await findProfile(store, request.params, request.query);
      const hand = { store, profileId: profile.id, now: clock.now().getTime() };
      const changed = await run(hand, request.body as Static<Body>);
      return profileView.of(await shownProfile(store, changed, smdp.address));
    },
  );
}
