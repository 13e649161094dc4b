import Type, { type Static } from 'typebox';
import { namespaceForm } from '../../base/namespace.js';
import { conducts, FaultRule } from '../../instruments/faults/index.js';
import { ProfilePast, ProfileRequest } from '../../orders/index.js';
import { ClockChange } from '../clock.js';
import { ScenarioChange, ScenarioPath } from '../faults/scenarios.js';
import { GroupRequest } from '../management/groups.js';
import { PolicyRequest } from '../management/policy-body.js';
import { ImportQuery } from '../manifests/import.js';
import { OperatorBody } from '../operators/settings.js';
import { OperatorPath } from '../operators/routes.js';
import { PoolRequest } from '../pools/generate.js';
import { TypeBody } from '../profile-types/change.js';
import { TypePath } from '../profile-types/routes.js';
import { RouteRequest } from '../proxy/request.js';
import { WebhookRequest } from '../webhooks/request.js';

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 1024, description }));
const closed = (description: string) => ({ additionalProperties: false, description });
const file = text('the path of a file, relative to the folder of the seed');
const namespace = text(`the namespace of this entry: ${namespaceForm}; default: none`);
const name = Type.String({ minLength: 1, maxLength: 200, description: 'a name of 1 to 200 characters' });

/** A package of a profile type: its file, or the package itself. */
export const SeedPackage = Type.Object(
  {
    file,
    base64: Type.Optional(
      Type.String({ maxLength: 8 * 1024 * 1024, description: 'the package itself, in base64' }),
    ),
    from: text('where a user who lacks the file can get it'),
  },
  closed('an object with file or base64: an unprotected profile package (UPP)'),
);

const SeedType = Type.Object(
  { name: TypePath.properties.name, ...TypeBody.properties, package: Type.Optional(SeedPackage) },
  closed('an object that describes a profile type, with a package or with parameters of the generator'),
);
export type SeedType = Static<typeof SeedType>;

const SeedOperator = Type.Object(
  { identifier: OperatorPath.properties.identifier, ...OperatorBody.properties },
  closed('an object with the settings of an operator'),
);
export type SeedOperator = Static<typeof SeedOperator>;

const SeedProfile = Type.Object(
  { namespace, ...ProfileRequest.properties, ...ProfilePast.properties },
  closed('an object that describes a profile and its order'),
);
export type SeedProfile = Static<typeof SeedProfile>;

const SeedCode = Type.Object(
  {
    iccid: Type.String({ maxLength: 64, description: 'an ICCID of 18 to 20 digits' }),
    matchingId: Type.String({
      maxLength: 255,
      description: 'a MatchingID of four groups of five hex digits',
    }),
    subscriber: ProfileRequest.properties.subscriber,
  },
  closed('an object with iccid and matchingId'),
);

const { count, ...poolMembers } = PoolRequest.properties;
const SeedPool = Type.Object(
  {
    namespace,
    ...poolMembers,
    count: Type.Optional(count),
    codes: Type.Optional(
      Type.Array(SeedCode, { maxItems: 1000, description: 'a list of codes, as MDM systems import them' }),
    ),
    provider: text('the host name of the SM-DP+ in the list of codes; default: the host name of this server'),
    file,
    list: Type.Optional(
      Type.String({
        maxLength: 1024 * 1024,
        description: "the content of a list in Intune's format, instead of a file",
      }),
    ),
    luhn: ImportQuery.properties.luhn,
  },
  closed('an object that describes a pool, with count, codes, file or list'),
);
export type SeedPool = Static<typeof SeedPool>;

const SeedManifest = Type.Object(
  {
    namespace,
    file,
    rows: Type.Optional(
      Type.String({
        maxLength: 16 * 1024 * 1024,
        description: 'the content of a manifest, instead of a file',
      }),
    ),
    ...Type.Omit(ImportQuery, ['dryRun', 'skipBadRows']).properties,
  },
  closed('an object that describes an EID manifest, with file or rows'),
);
export type SeedManifest = Static<typeof SeedManifest>;

const SeedGroup = Type.Object({ namespace, name, ...GroupRequest.properties }, closed('a group of devices'));
export type SeedGroup = Static<typeof SeedGroup>;

const SeedPolicy = Type.Object(
  { namespace, name, ...PolicyRequest.properties },
  closed('a policy of the management system'),
);
export type SeedPolicy = Static<typeof SeedPolicy>;

const SeedFault = Type.Object({ namespace, ...FaultRule.properties }, closed('a fault rule'));
export type SeedFault = Static<typeof SeedFault>;

const SeedScenario = Type.Object(
  { namespace, ...ScenarioPath.properties, ...ScenarioChange.properties },
  closed('an object with the name of a scenario and its state'),
);
export type SeedScenario = Static<typeof SeedScenario>;

const SeedRoute = Type.Object(RouteRequest.properties, closed('a route to another SM-DP+'));
export type SeedRoute = Static<typeof SeedRoute>;

const SeedWebhook = Type.Object({ ...WebhookRequest.properties, namespace }, closed('a webhook'));
export type SeedWebhook = Static<typeof SeedWebhook>;

const list = <S extends Type.TSchema>(schema: S, description: string) =>
  Type.Optional(Type.Array(schema, { maxItems: 100_000, description }));

/** A state of the server, as a file. */
export const SeedFile = Type.Object(
  {
    $schema: text('where the JSON schema of this format is'),
    name: text('a short name of the state'),
    description: text('what the state is for'),
    clock: Type.Optional(
      Type.Pick(ClockChange, ['now', 'frozen'], closed('an object that sets the clock of the server')),
    ),
    conduct: Type.Optional(
      Type.Enum([...conducts], { description: `how the server treats all clients: ${conducts.join(', ')}` }),
    ),
    profileTypes: list(SeedType, 'a list of profile types'),
    operators: list(SeedOperator, 'a list of operators, the callers of ES2+'),
    profiles: list(SeedProfile, 'a list of profiles, each with its order, in any state'),
    pools: list(SeedPool, 'a list of pools of activation codes'),
    manifests: list(SeedManifest, 'a list of EID manifests'),
    faults: list(SeedFault, 'a list of fault rules'),
    scenarios: list(SeedScenario, 'a list of scenarios of fault rules, with their states'),
    proxyRoutes: list(SeedRoute, 'a list of routes to other SM-DP+s; the first route that matches decides'),
    webhooks: list(SeedWebhook, 'a list of webhooks'),
    deviceGroups: list(SeedGroup, 'a list of groups of devices, for policies'),
    policies: list(SeedPolicy, 'a list of device-management policies'),
  },
  closed('an object with the lists of a seed'),
);
export type SeedFile = Static<typeof SeedFile>;

/** The parts of a seed, in the order in which they are applied. */
export const seedSections = [
  'clock',
  'conduct',
  'profileTypes',
  'operators',
  'profiles',
  'pools',
  'manifests',
  'faults',
  'scenarios',
  'proxyRoutes',
  'webhooks',
  'deviceGroups',
  'policies',
] as const;
export type SeedSection = (typeof seedSections)[number];
