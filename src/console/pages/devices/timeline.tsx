import type { DeviceDetails, OperationView, SessionDetails } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { Badge, type Tone } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { Diagram } from '../sessions/diagram.js';
import '../sessions/sessions.css';
import { transactionOf } from './device-calls.js';
import { OtherDevices } from './other-devices.js';

/** The operations of the phone, newest first, with the session of each download. */
export function Timeline({ phone }: { readonly phone: DeviceDetails }) {
  const words = texts.value.devices;
  const operations = phone.operations.toReversed();
  const newestDownload = operations.find(({ action }) => action === 'download');
  return (
    <section class="card stack">
      <h2>{words.timeline}</h2>
      {operations.length === 0 && <p class="empty">{words.nothingYet}</p>}
      {operations.map((operation) => (
        <Operation
          key={operation.id}
          operation={operation}
          isOpen={operation === operations[0] || operation === newestDownload}
        />
      ))}
    </section>
  );
}

const tones: Readonly<Record<OperationView['state'], Tone>> = {
  running: 'busy',
  asking: 'careful',
  done: 'good',
  failed: 'bad',
};

function Operation({ operation, isOpen }: { readonly operation: OperationView; readonly isOpen: boolean }) {
  const words = texts.value.devices;
  const { action, state, startedAt, error, result } = operation;
  const transactionId = transactionOf(operation);
  const { actions } = words;
  const title = Object.hasOwn(actions, action) ? actions[action as keyof typeof actions] : action;
  const cameTo = state === 'done' ? result?.outcome : undefined;
  const tone = cameTo === 'cancelled' || cameTo === 'stopped' ? 'careful' : tones[state];
  return (
    <details class="operation" open={isOpen}>
      <summary>
        <span class="spread">
          <strong>{title}</strong>
          <Badge tone={tone} text={outcomeText(state, cameTo)} />
          <span class="soft small">
            <Time at={startedAt} />
          </span>
        </span>
      </summary>
      {error && (
        <p class="note bad">
          <ForeignText text={error.message} />
        </p>
      )}
      {transactionId === undefined ? (
        <Steps operation={operation} />
      ) : (
        <WithSession operation={operation} transactionId={transactionId} hasDiagram={isOpen} />
      )}
    </details>
  );
}

function outcomeText(state: OperationView['state'], outcome: string | undefined): string {
  const { states, outcomes } = texts.value.devices;
  if (outcome !== undefined && Object.hasOwn(outcomes, outcome))
    return outcomes[outcome as keyof typeof outcomes];
  return states[state];
}

interface StepsProps {
  readonly operation: OperationView;
  /** The link to the messages of a step. */
  readonly linkOf?: ((step: string) => string) | undefined;
}

function Steps({ operation: { steps }, linkOf }: StepsProps) {
  return (
    <ol class="phone-steps">
      {steps.map(({ at, step, message }, index) => (
        <li key={index}>
          <span class="spread">
            {linkOf ? (
              <a class="mono" href={linkOf(step)}>
                {step}
              </a>
            ) : (
              <span class="mono">{step}</span>
            )}
            <span class="small soft">
              <Time at={at} isFull />
            </span>
          </span>
          <span class="small">
            <ForeignText text={message} />
          </span>
        </li>
      ))}
    </ol>
  );
}

interface WithSessionProps {
  readonly operation: OperationView;
  readonly transactionId: string;
  readonly hasDiagram: boolean;
}

/** The steps of the phone, beside the server's view of the session. */
function WithSession({ operation, transactionId, hasDiagram }: WithSessionProps) {
  const words = texts.value.devices;
  const { data } = useLive(
    `session ${transactionId}`,
    // There is no session if the phone downloads from another server, or if the journal has dropped the session.
    (signal) =>
      call<SessionDetails>(`/sessions/${transactionId}`, { signal, wholeServer: true }).catch(
        () => undefined,
      ),
    {
      concerns: (event) => event.kind === 'exchange' && event.exchange.session === transactionId,
      atMostEvery: 300,
      isUrgent: true,
    },
  );
  const session = data.value;
  const linkOf = (step: string): string => {
    const exchange = session?.steps.find((one) => one.function === step)?.id;
    return linkTo(['sessions', transactionId], {
      ...(exchange !== undefined && { exchange: String(exchange) }),
    });
  };
  return (
    <>
      <Steps operation={operation} linkOf={session && linkOf} />
      {session && (
        <p>
          <a href={linkTo(['sessions', transactionId])}>{words.toSession}</a>
        </p>
      )}
      {session && hasDiagram && (
        <Diagram
          exchanges={session.exchanges}
          messages={[]}
          chosen={undefined}
          linksTo={['sessions', transactionId]}
        />
      )}
      {session?.whatDevicesSay && <OtherDevices says={session.whatDevicesSay} />}
    </>
  );
}
