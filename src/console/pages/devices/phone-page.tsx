import { useSignal } from '@preact/signals';
import type { DeviceDetails } from '../../../api/index.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Dialog } from '../../parts/dialog.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { go, linkTo, namespace } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { device } from './device-calls.js';
import { Failures } from './failures.js';
import { Phone } from './phone.js';
import { Timeline } from './timeline.js';

/** One phone, with its operations beside it. */
export function PhonePage({ name }: { readonly name: string }) {
  const { data, problem, reload } = useLive(
    `device ${namespace.value} ${name}`,
    (signal) => device.show(name, signal),
    {
      concerns: (event) => event.kind === 'device' && event.device.device === name,
      atMostEvery: 100,
      isUrgent: true,
    },
  );
  const phone = data.value;
  const failed = problem.value && <ProblemNote problem={problem.value} retry={reload} />;
  if (!phone || problem.value?.status === 404)
    return failed ?? <p class="waiting">{texts.value.common.loading}</p>;
  return (
    <div class="phone-page">
      {failed && <div class="wide">{failed}</div>}
      <div class="phone-column">
        <Phone phone={phone} reload={reload} />
        <About phone={phone} reload={reload} />
      </div>
      <div class="stack">
        <Timeline phone={phone} />
        <Failures phone={phone} reload={reload} />
      </div>
    </div>
  );
}

interface AboutProps {
  readonly phone: DeviceDetails;
  readonly reload: () => void;
}

/** Facts about the phone, and buttons to reset and remove it. */
function About({ phone, reload }: AboutProps) {
  const words = texts.value.devices;
  const isRemoving = useSignal(false);
  const { name, eid, platform } = phone;
  const reset = useAction(async () => {
    await device.reset(name);
    toast(words.wasReset);
    reload();
  });
  const remove = useAction(async () => {
    await device.remove(name);
    toast(words.removed);
    go(linkTo(['devices']));
  });
  const problem = reset.problem.value ?? remove.problem.value;
  return (
    <div class="stack about">
      <dl class="facts small">
        <dt>{words.name}</dt>
        <dd>
          <ForeignText text={name} /> <span class="soft">({words.platforms[platform]})</span>
        </dd>
        <dt>EID</dt>
        <dd>
          <ForeignText text={eid} mono />
          <CopyButton text={eid} what="EID" />
        </dd>
      </dl>
      {problem && <ProblemNote problem={problem} />}
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={reset.isBusy.value || phone.state !== 'idle'}
          onClick={() => reset.run()}
        >
          {words.resetEuicc}
        </button>
        <button type="button" class="button danger" onClick={() => (isRemoving.value = true)}>
          {words.remove}
        </button>
      </div>
      {isRemoving.value && (
        <Dialog title={words.removeTitle} onClose={() => (isRemoving.value = false)}>
          <p>{words.removeText}</p>
          <footer>
            <button
              type="button"
              class="button danger"
              disabled={remove.isBusy.value}
              onClick={() => {
                isRemoving.value = false;
                remove.run();
              }}
            >
              {words.remove}
            </button>
          </footer>
        </Dialog>
      )}
    </div>
  );
}
