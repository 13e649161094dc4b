import { useSignal } from '@preact/signals';
import type { DeviceView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { Icon } from '../../parts/icon.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { namespace, place } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import type { PageProps } from '../page-props.js';
import { Empty } from './empty.js';
import { Fleet } from './fleet.js';
import { MakePhone } from './make-phone.js';
import { PhonePage } from './phone-page.js';
import { Tiles } from './tiles.js';
import './devices.css';

/** Virtual phones in the server's process. Without a name in the path, the page shows the newest phone. */
export default function Devices({ rest: [named] }: PageProps) {
  const words = texts.value.devices;
  const isMaking = useSignal(false);
  const { data, problem, reload } = useLive(
    `devices ${namespace.value}`,
    (signal) => call<{ items: DeviceView[] }>('/devices', { signal }),
    { concerns: ({ kind }) => kind === 'device', atMostEvery: 500 },
  );
  const phones = data.value?.items.toReversed();
  const chosen = named ?? phones?.[0]?.name;
  return (
    <>
      <PageTitle title={words.title}>
        <button type="button" class="button" onClick={() => (isMaking.value = true)}>
          <Icon name="plus" />
          {words.make}
        </button>
      </PageTitle>
      {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
      {!phones && !problem.value && <p class="waiting">{texts.value.common.loading}</p>}
      <div class="stack devices">
        {phones && phones.length > 1 && <Tiles phones={phones} chosen={chosen} />}
        {phones && chosen === undefined && <Empty code={place.value.query.get('code') ?? undefined} />}
        {chosen !== undefined && <PhonePage key={chosen} name={chosen} />}
        {phones && <Fleet changed={reload} />}
      </div>
      {isMaking.value && <MakePhone onClose={() => (isMaking.value = false)} />}
    </>
  );
}
