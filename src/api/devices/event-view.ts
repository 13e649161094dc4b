import Type, { type Static } from 'typebox';
import { platforms, type OperationRecord, type ParkEvent } from '../../device/park/index.js';
import { parseActivationCode } from '../../wire/rsp/index.js';
import { textOrNull } from '../http/or-null.js';
import { viewFrom } from '../http/view.js';
import { isoTime } from '../iso-time.js';
import { operationSummary, OperationSummary, stepView, StepView } from './operation-view.js';

const events = ['made', 'changed', 'removed', 'started', 'step', 'asking', 'answered', 'ended'] as const;

/** An event of a virtual device in the event stream. */
export const deviceEventView = viewFrom<ParkEvent>()(
  (member) => ({
    event: member(
      Type.Enum([...events], {
        description:
          'event of the device: made, changed (its settings) or removed; event of an operation: started, step, asking (the device asks its user), answered or ended',
      }),
      ({ event }) => event,
    ),
    at: member(Type.String({ description: 'time in ISO 8601' }), ({ at }) => isoTime(at)),
    device: member(Type.String({ description: 'the name of the device' }), ({ device }) => device.name),
    eid: member(Type.String(), ({ device }) => device.eid),
    platform: member(Type.Enum([...platforms]), ({ device }) => device.platform),
    namespace: member(
      textOrNull('namespace of the device; null: none'),
      ({ device }) => device.namespace || null,
    ),
    iccid: member(
      Type.Optional(
        Type.String({
          description: 'ICCID of the profile that the operation concerns; absent: not known yet',
        }),
      ),
      ({ operation }) => operation && iccidOf(operation),
    ),
    matchingId: member(
      Type.Optional(Type.String({ description: 'the MatchingID with which the operation was started' })),
      ({ operation }) => operation && matchingIdOf(operation),
    ),
    operation: member(
      Type.Optional(OperationSummary),
      ({ operation }) => operation && operationSummary.of(operation),
    ),
    step: member(Type.Optional(StepView), ({ step }) => step && stepView.of(step)),
  }),
  { description: 'an event of a virtual device' },
);
export const DeviceEventView = deviceEventView.schema;
export type DeviceEventView = Static<typeof DeviceEventView>;

const iccidOf = ({ request, question, result }: OperationRecord): string | undefined =>
  question?.profile.iccid ?? textIn(result, 'iccid') ?? textIn(request, 'iccid');

function matchingIdOf({ request }: OperationRecord): string | undefined {
  const code = textIn(request, 'activationCode');
  return code === undefined ? textIn(request, 'matchingId') : parseActivationCode(code).matchingId;
}

function textIn(value: unknown, member: string): string | undefined {
  const found = (value as Readonly<Record<string, unknown>> | undefined)?.[member];
  return typeof found === 'string' ? found : undefined;
}
