import { useSignal } from '@preact/signals';
import type { DeviceDetails } from '../../../api/index.js';
import { useAction } from '../../api/use-action.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { place, setQuery } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { AddScreen, type Code } from './add-screen.js';
import { letPeopleRead } from './demo.js';
import { device, wantedIn, type Wanted } from './device-calls.js';
import { HomeScreen } from './home-screen.js';
import { OutcomeScreen } from './outcome-screen.js';
import { dismiss, viewOf } from './phone-view.js';
import { ProgressScreen } from './progress-screen.js';
import { QuestionScreen } from './question-screen.js';
import { ScanScreen } from './scan-screen.js';
import { StatusBar } from './status-bar.js';

interface PhoneProps {
  readonly phone: DeviceDetails;
  readonly reload: () => void;
}

/** A phone. It has the screens that a real phone shows while its user adds an eSIM. */
export function Phone({ phone, reload }: PhoneProps) {
  const words = texts.value.devices;
  return (
    <section class="phone" aria-label={words.phoneNamed(phone.name)} data-platform={phone.platform}>
      <StatusBar phone={phone} />
      <div class="phone-screen">
        <Screens phone={phone} reload={reload} />
      </div>
    </section>
  );
}

function Screens({ phone, reload }: PhoneProps) {
  const given = place.value.query.get('code');
  const isAdding = useSignal(given !== null);
  const scanned = useSignal<Code | undefined>(undefined);
  const act = useAction(async (work: () => Promise<unknown>) => {
    try {
      await work();
    } finally {
      reload();
    }
  });
  const run = (work: () => Promise<unknown>): void => act.run(work);
  const leave = (): void => {
    isAdding.value = false;
    scanned.value = undefined;
    if (given !== null) setQuery({ code: undefined });
  };
  const download = (wanted: Wanted & { readonly confirmationCode?: string }): void =>
    run(async () => {
      dismiss(phone);
      await device.download(phone.name, wanted);
      leave();
    });
  const scan = (code: Code): void =>
    run(async () => {
      scanned.value = code;
      await letPeopleRead(1_100);
      dismiss(phone);
      try {
        await device.download(phone.name, { activationCode: code.activationCode });
      } finally {
        leave();
      }
    });

  const view = viewOf(phone);
  const screen = () => {
    if (view.kind === 'question')
      return (
        <QuestionScreen
          key={view.operation.question?.asks}
          operation={view.operation}
          answer={(body) => run(() => device.answer(phone.name, body))}
        />
      );
    if (view.kind === 'progress') return <ProgressScreen operation={view.operation} />;
    if (scanned.value) return <ScanScreen code={scanned.value} />;
    if (isAdding.value)
      return <AddScreen given={given ?? ''} scan={scan} download={download} leave={leave} eid={phone.eid} />;
    if (view.kind === 'outcome')
      return (
        <OutcomeScreen
          operation={view.operation}
          close={() => dismiss(phone)}
          again={(confirmationCode) =>
            download({
              ...wantedIn(view.operation),
              ...(confirmationCode !== undefined && { confirmationCode }),
            })
          }
          turnOn={(iccid) =>
            run(async () => {
              dismiss(phone);
              await device.change(phone.name, iccid, 'enable');
            })
          }
        />
      );
    return (
      <HomeScreen phone={phone} operation={view.operation} run={run} add={() => (isAdding.value = true)} />
    );
  };
  return (
    <>
      {act.problem.value && <ProblemNote problem={act.problem.value} />}
      {screen()}
      <p class="unseen" role="status">
        {view.kind === 'question' && view.operation.question && (
          <>
            {words(view.operation.question.asks)} <ForeignText text={view.operation.question.profileName} />
          </>
        )}
      </p>
    </>
  );
}

const words = (asks: 'consent' | 'confirmationCode'): string =>
  asks === 'consent' ? texts.value.devices.asksConsent : texts.value.devices.asksCode;
