import type { TSchema } from 'typebox';
import { FaultRule } from '../../src/instruments/faults/index.js';
import { AddressDetails } from '../../src/api/address.js';
import { ClockView } from '../../src/api/clock.js';
import { DeviceEventView } from '../../src/api/devices/event-view.js';
import { OperationView } from '../../src/api/devices/operation-view.js';
import { DeviceDetails } from '../../src/api/devices/view.js';
import { EuiccView } from '../../src/api/euicc.js';
import { FaultView } from '../../src/api/faults/view.js';
import { ProblemDetails } from '../../src/api/http/problem.js';
import { DeviceWordsView } from '../../src/api/journal/device-words-view.js';
import { ExchangeDetails } from '../../src/api/journal/details.js';
import { ExchangeList } from '../../src/api/journal/exchanges.js';
import { SessionDetails, SessionList } from '../../src/api/journal/sessions.js';
import { ExchangeSummary } from '../../src/api/journal/summary.js';
import { Unverified, Verified } from '../../src/api/journal/verify.js';
import { ManifestAnswer } from '../../src/api/manifests/answer.js';
import {
  AndroidDeviceView,
  AndroidOperation,
  ManagedDeviceView,
  PolicyStatusView,
  PolicyView,
} from '../../src/api/management/index.js';
import { CreatedProfile } from '../../src/api/profiles/create.js';
import { ProfileDetails } from '../../src/api/profiles/details.js';
import { SimulationView } from '../../src/api/profiles/simulate.js';
import { ProfileList } from '../../src/api/profiles/list.js';
import { DeliveryList } from '../../src/api/webhooks/routes.js';
import { CreatedWebhook } from '../../src/api/webhooks/view.js';
import { SeedView } from '../../src/api/seeds/view.js';
import { StatisticsView } from '../../src/api/statistics.js';

/** The members of a JSON Schema that the page uses. */
interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

interface Section {
  readonly heading: string;
  readonly calls: string;
  readonly inLibrary: string;
  readonly schema: TSchema;
  /** A schema whose members the section leaves out, because another section shows them. */
  readonly beyond?: TSchema;
  /** Descriptions of members whose own members are shown elsewhere. */
  readonly shownIn?: Readonly<Record<string, string>>;
}

const asProfile = 'each as [a prepared profile](#a-prepared-profile)';
const asWords = 'as in [what devices say](#what-devices-say)';
const asSummary = 'as in [the summary of an exchange](#the-summary-of-an-exchange)';

const sections: readonly Section[] = [
  {
    heading: 'A prepared profile',
    calls:
      '`POST /profiles`. `/release`, `/cancel` and `/reset` of a profile return the same members, except `warnings`',
    inLibrary: '`profiles.create`',
    schema: CreatedProfile,
    shownIn: { metadata: 'names, class, icon, policy rules, owner, notification addresses' },
  },
  {
    heading: 'A profile with its history',
    calls:
      '`GET /profiles/{iccid}`: the members of [a prepared profile](#a-prepared-profile) except `warnings`, and these',
    inLibrary: '`profiles.get`, `profiles.waitFor`',
    schema: ProfileDetails,
    beyond: CreatedProfile,
  },
  {
    heading: 'A simulated download',
    calls: '`POST /profiles/{iccid}/simulate`',
    inLibrary: '`profiles.simulate`',
    schema: SimulationView,
    shownIn: { profile: 'as [a prepared profile](#a-prepared-profile), without `warnings`' },
  },
  {
    heading: 'A list of profiles',
    calls: '`GET /profiles`. Other lists also have `items`',
    inLibrary: '`profiles.list`',
    schema: ProfileList,
    shownIn: { items: asProfile },
  },
  {
    heading: 'What a seed has done',
    calls: '`POST /seed`',
    inLibrary: '`seeds.apply`',
    schema: SeedView,
  },
  {
    heading: 'The summary of an exchange',
    calls: 'An item of `GET /exchanges`; an `exchange` event',
    inLibrary: '`journal.exchanges`, `journal.events`',
    schema: ExchangeSummary,
  },
  {
    heading: 'A list of exchanges',
    calls: '`GET /exchanges`',
    inLibrary: '`journal.exchanges`',
    schema: ExchangeList,
    shownIn: { items: asSummary },
  },
  {
    heading: 'An exchange with both messages',
    calls: '`GET /exchanges/{id}`: the members of the summary, and these',
    inLibrary: '`journal.exchange`',
    schema: ExchangeDetails,
    beyond: ExchangeSummary,
    shownIn: { whatDevicesSay: asWords },
  },
  {
    heading: 'A list of sessions',
    calls: '`GET /sessions`',
    inLibrary: '`journal.sessions`',
    schema: SessionList,
    shownIn: { 'items[].whatDevicesSay': asWords },
  },
  {
    heading: 'A session',
    calls: '`GET /sessions/{transactionId}`: the members of the list, and these',
    inLibrary: '`journal.session`',
    schema: SessionDetails,
    shownIn: {
      whatDevicesSay: asWords,
      exchanges: 'each as [an exchange with both messages](#an-exchange-with-both-messages)',
    },
  },
  {
    heading: 'Statistics',
    calls: '`GET /statistics`',
    inLibrary: '`journal.statistics`',
    schema: StatisticsView,
  },
  {
    heading: 'A verification that succeeded',
    calls: '`POST /verify`, 200',
    inLibrary: '`verify`',
    schema: Verified,
    shownIn: { exchanges: asSummary },
  },
  {
    heading: 'A verification that failed',
    calls: '`POST /verify`, 417: the members of an [error](#an-error), and these',
    inLibrary: 'a `VerificationError` with all of this in its message',
    schema: Unverified,
    beyond: ProblemDetails,
    shownIn: { exchanges: asSummary, 'nearMisses[].exchange': asSummary },
  },
  {
    heading: 'A webhook',
    calls:
      '`POST /webhooks`. `GET /webhooks/{id}` and each item of `GET /webhooks` have the same members, except `secret`',
    inLibrary: '`webhooks.add`, `webhooks.get`, `webhooks.list`',
    schema: CreatedWebhook,
  },
  {
    heading: 'Messages to a webhook',
    calls: '`GET /webhooks/{id}/deliveries`',
    inLibrary: '`webhooks.deliveries`',
    schema: DeliveryList,
  },
  {
    heading: 'A fault rule',
    calls:
      '`POST /faults`, `GET /faults/{id}`, an item of `GET /faults`: the members of the [rule](faults.md#fault-rules), and these',
    inLibrary: '`faults.add`, `faults.get`, `faults.list`',
    schema: FaultView,
    beyond: FaultRule,
  },
  {
    heading: 'An imported manifest',
    calls: '`POST /manifests`',
    inLibrary: '`manifests.import`',
    schema: ManifestAnswer,
  },
  {
    heading: 'The clock',
    calls: '`GET`, `PUT`, `DELETE /clock`',
    inLibrary: '`clock.set` and the others',
    schema: ClockView,
  },
  {
    heading: 'The address',
    calls: '`GET`, `PUT /address`',
    inLibrary: '`address`, `deviceUrl`',
    schema: AddressDetails,
  },
  {
    heading: 'A virtual device',
    calls:
      '`POST /devices`, `GET` and `PUT /devices/{device}`. Each item of `GET /devices` has the same members, except `card` and `operations`',
    inLibrary: '`devices.create`, `devices.get`, `devices.change`, `devices.list`',
    schema: DeviceDetails,
    shownIn: {
      operation:
        'the newest operation, as [an operation of a device](#an-operation-of-a-device) without `steps`',
      operations: 'each as [an operation of a device](#an-operation-of-a-device)',
      card: 'the [card properties](card-properties.md) that differ from their defaults',
    },
  },
  {
    heading: 'An operation of a device',
    calls:
      'Every `POST` below `/devices/{device}` except those of device management; `GET /devices/{device}/operations/{operation}`',
    inLibrary: '`devices.download` and the others',
    schema: OperationView,
    shownIn: { 'result.downloads[].error': 'as `error`' },
  },
  {
    heading: 'An event of a device',
    calls: 'A `device` event',
    inLibrary: '`journal.events`',
    schema: DeviceEventView,
    shownIn: {
      operation: 'the operation as it is now, without `steps`',
      step: 'the completed step: `at`, `step`, `message`',
    },
  },
  {
    heading: 'A managed device',
    calls: '`GET`, `PUT /devices/{device}/management`, and every `POST` below it',
    inLibrary: '`management.device`, `management.checkIn` and the others',
    schema: ManagedDeviceView,
    shownIn: { 'windows.settings': 'the [settings of a PC](mdm.md#settings-of-a-pc)' },
  },
  {
    heading: 'A policy',
    calls: '`GET`, `PUT /policies/{policy}`, `POST /policies/{policy}/assign`; an item of `GET /policies`',
    inLibrary: '`management.policy`, `management.setPolicy`, `management.assign`, `management.policies`',
    schema: PolicyView,
  },
  {
    heading: 'The status of a policy',
    calls: '`GET /policies/{policy}/status`, `POST /policies/{policy}/check-in`',
    inLibrary: '`management.status`, `management.sync`',
    schema: PolicyStatusView,
  },
  {
    heading: 'What devices say',
    calls:
      '`whatDevicesSay` of sessions and exchanges. [device-words.md](device-words.md) lists the words for every failure',
    inLibrary: '`journal.sessions`, `journal.session`, `journal.exchange`',
    schema: DeviceWordsView,
  },
  {
    heading: 'A command of the Android Management API',
    calls: '`POST /devices/{device}/android`, `GET /devices/{device}/android/operations/{operation}`',
    inLibrary: '`android.issue`, `android.operation`, `android.finished`',
    schema: AndroidOperation,
    shownIn: { euiccManager: 'as `android` in [what devices say](#what-devices-say)' },
  },
  {
    heading: 'An Android device',
    calls: '`GET /devices/{device}/android`',
    inLibrary: '`android.get`',
    schema: AndroidDeviceView,
  },
  {
    heading: 'An eUICC for a test',
    calls: '`POST /pki/euicc`',
    inLibrary: '`device`',
    schema: EuiccView,
  },
  {
    heading: 'An error',
    calls: 'Every call that answers 4xx or 5xx',
    inLibrary: 'a `ControlError` with `status`, `errors` and `refusal`; its `message` begins with `detail`',
    schema: ProblemDetails,
  },
];

/** `docs/answers.md`, from the schemas of the control API's answers. */
export const answersPage = (): string => `# What calls return

This page is for people who write assertions about answers. It lists the members of each answer of the control API (below \`/api/v1\`); the
library returns the same objects. \`[]\` stands for any element of a list, and members in *italics* may be absent. For requests see
[http-surface.md](http-surface.md#operator-facing-listener), or \`/docs\` and \`/openapi.json\` of a running server.

A \`DELETE\` with a filter answers \`{"removed": 3}\`; the library returns the number. A \`DELETE\` of one item, \`POST /reset\` and the call that restores a
snapshot answer 204 without a body.

${sections.map(sectionText).join('\n')}
This page is made from the code; \`npm run docs\` writes it again.
`;

function sectionText({ heading, calls, inLibrary, schema, beyond, shownIn = {} }: Section): string {
  const elsewhere = new Set(Object.keys((beyond as Shape | undefined)?.properties ?? {}));
  const rows = rowsOf(schema as Shape, '', shownIn).filter(({ name }) => !elsewhere.has(outermost(name)));
  return `## ${heading}

${calls}. In the library: ${inLibrary}.

| member | type | what it is |
| --- | --- | --- |
${rows.map(rowText).join('\n')}
`;
}

const outermost = (name: string): string => /^\w+/.exec(name)![0];

const rowText = ({ name, optional, type, text }: Row): string =>
  `| ${optional ? `*\`${name}\`*` : `\`${name}\``} | ${type} | ${text} |`;

interface Row {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly text: string;
}

function rowsOf(
  { properties = {}, required = [] }: Shape,
  path: string,
  shownIn: Record<string, string>,
): Row[] {
  return Object.entries(properties).flatMap(([member, shape]) => {
    const name = path + member;
    const optional = !required.includes(member);
    const own = { name, optional, type: typeOf(shape), text: shownIn[name] ?? descriptionOf(shape) };
    if (Object.hasOwn(shownIn, name)) return [own];
    const inner = innerOf(shape);
    return [own, ...(inner ? rowsOf(inner.shape, `${name}${inner.suffix}.`, shownIn) : [])];
  });
}

/** The description of a member. If the member may be null, the description of its other type, because the type column already says null. */
const descriptionOf = ({ description, anyOf = [] }: Shape): string =>
  anyOf.map((each) => each.description).find((text) => text !== undefined) ?? description ?? '';

/** The object in a member that has members of its own. */
function innerOf(shape: Shape): { readonly shape: Shape; readonly suffix: string } | undefined {
  if (shape.properties) return { shape, suffix: '' };
  const { items } = shape;
  if (items?.properties) return { shape: items, suffix: '[]' };
  const object = shape.anyOf?.find((each) => each.properties);
  return object && { shape: object, suffix: '' };
}

/** If a member has more values than this, the page shows only its type. */
const mostValues = 12;

function typeOf({ type, anyOf, enum: values, const: value, items }: Shape): string {
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  if (values && values.length <= mostValues) return values.map((each) => `\`${String(each)}\``).join(', ');
  if (anyOf) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (type === 'array') return items?.type === undefined ? 'list' : `list of ${items.type}s`;
  return type ?? 'any';
}
