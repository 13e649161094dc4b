import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { simulate, simulatedFailures, simulatedStates, type SimulatedStep } from '../../orders/index.js';
import { newEid, testEumNumber } from '../../pki/index.js';
import { eidWithCheckDigits } from '../../wire/rsp/index.js';
import type { ControlContext } from '../context.js';
import { fieldProblem, problemResponses } from '../http/problem.js';
import { viewFrom } from '../http/view.js';
import { scopeOf, type Scope } from '../scope.js';
import { findProfile, ProfileChoice, ProfilePath } from './lookup.js';
import { profileView, shownProfile, type ShownProfile } from './view.js';

/** Body of `POST /profiles/{iccid}/simulate`. */
export const SimulationRequest = Type.Object(
  {
    eid: Type.Optional(
      Type.String({
        pattern: '^[0-9]{32}$',
        description: 'an EID: 32 digits; default: the EID of the order, otherwise a new EID',
      }),
    ),
    until: Type.Optional(
      Type.Enum([...simulatedStates], {
        description: `the last step of the device: one of ${simulatedStates.join(', ')}; default: installed`,
      }),
    ),
    fail: Type.Optional(
      Type.Enum([...simulatedFailures], {
        description: `the failure with which the download ends, not together with \`until\`: one of ${simulatedFailures.join(', ')}`,
      }),
    ),
  },
  { additionalProperties: false },
);
export type SimulationRequest = Static<typeof SimulationRequest>;

const stepView = viewFrom<SimulatedStep>()((member) => ({
  step: member(
    Type.Enum(['start', 'download', 'cancel', 'install', 'enable', 'disable', 'delete']),
    ({ name }) => name,
  ),
  status: member(
    Type.Optional(
      Type.String({
        description: 'status code with which the server refused the step; only if the request has `fail`',
      }),
    ),
    ({ status }) => status,
  ),
}));

interface Simulated extends ShownProfile {
  readonly eid: string;
  readonly steps: readonly SimulatedStep[];
}

const view = viewFrom<Simulated>()(
  (member) => ({
    eid: member(Type.String({ description: 'EID of the simulated device' }), ({ eid }) => eid),
    steps: member(Type.Array(stepView.schema, { description: 'the steps of the device' }), ({ steps }) =>
      steps.map(stepView.of),
    ),
    profile: member(profileView.schema, profileView.of),
  }),
  { description: 'the steps of a simulated device, and the profile afterwards' },
);

/** Answer of `POST /profiles/{iccid}/simulate`. */
export const SimulationView = view.schema;
export type SimulationView = Static<typeof SimulationView>;

/**
 * `POST /profiles/{iccid}/simulate`: changes a profile and informs its operator, as if a device had downloaded the
 * profile.
 */
export function simulation(app: FastifyInstance, context: ControlContext): void {
  const schema = {
    tags: ['profiles'],
    summary:
      'Change a profile as a download would, without a device: transitions, history, messages to the operator',
    params: ProfilePath,
    querystring: ProfileChoice,
    body: SimulationRequest,
    response: { 200: SimulationView, ...problemResponses },
  };
  app.post<{ Params: ProfilePath; Querystring: ProfileChoice; Body: SimulationRequest }>(
    '/profiles/:iccid/simulate',
    { schema },
    async (request) => {
      const { until, fail } = request.body;
      if (until !== undefined && fail !== undefined)
        throw fieldProblem('fail', 'cannot be combined with until', 'give one of the two');
      const scope = scopeOf(context, request);
      const { store, smdp } = scope;
      const { id, eid: linked } = (await findProfile(store, request.params, request.query)).profile;
      const eid = request.body.eid ?? linked ?? unusedEid(scope);
      const steps = await simulate(contextOf(scope), { profileId: id, eid, until, fail });
      const profile = (await store.profile(id))!;
      return view.of({ ...(await shownProfile(store, profile, smdp.address)), eid, steps });
    },
  );
}

const contextOf = ({ store, clock, random, smdp, pki, progress }: Scope) => ({
  ...{ store, clock, random, progress },
  address: smdp.address,
  smdpOid: pki.identities[0]?.oid ?? '',
});

/** A random EID in the range of the server's EUM. */
function unusedEid({ pki: { eums }, random }: Scope): string {
  const [eum] = eums;
  if (eum) return newEid(eum.certificate, random);
  const digits = BigInt(`0x${random.bytes(12).toString('hex')}`).toString();
  return eidWithCheckDigits(testEumNumber + digits.slice(-22).padStart(22, '0'));
}
