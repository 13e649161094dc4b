import type { PolicyStatusView, PolicyView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Badge, type Tone } from '../../parts/state-badge.js';
import { Time } from '../../parts/time.js';
import { linkTo, namespace, place } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';

type Device = PolicyStatusView['devices'][number];

const tones: Readonly<Record<Device['activationStatus'], Tone>> = {
  'Device not synced': 'none',
  'Activation pending': 'busy',
  Active: 'good',
  'Activation fail': 'bad',
};

/** Milliseconds between two fetches. A change of a policy causes no event. */
const rhythm = 3_000;

/** MDM policies and the states of their devices. */
export function Policies() {
  const words = texts.value.preload;
  const { data, problem, reload } = useLive(
    `policies ${namespace.value}`,
    (signal) => call<{ items: PolicyView[] }>('/policies', { signal }),
    { pollEvery: rhythm },
  );
  const items = data.value?.items ?? [];
  const wanted = place.value.query.get('policy');
  const chosen = items.find(({ name }) => name === wanted) ?? items[0];
  return (
    <div class="stack">
      {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
      {data.value && items.length === 0 && (
        <p class="empty">
          {words.noPolicies} <code class="mono">mock-smdp mdm policy apply policy.yaml</code>
        </p>
      )}
      {items.length > 0 && (
        <ul class="items card">
          {items.map(({ name, kind, server, codes, include, exclude }) => (
            <li key={name}>
              <div class="spread">
                <a
                  href={linkTo(place.value.segments, { tab: 'policies', policy: name })}
                  aria-current={name === chosen?.name ? 'true' : undefined}
                >
                  <ForeignText text={name} />
                </a>
                <span class="soft small">{words.policyKinds[kind]}</span>
              </div>
              <p class="small soft">
                <ForeignText text={server} mono />
                {kind === 'activationCodes' && ` · ${words.policyCodes(number(codes))}`}
                {include.length > 0 && (
                  <>
                    {' · '}
                    <ForeignText text={include.join(', ')} />
                  </>
                )}
                {exclude.length > 0 && (
                  <>
                    {' · '}
                    <ForeignText text={words.policyWithout(exclude.join(', '))} />
                  </>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {chosen && <Status key={chosen.name} policy={chosen.name} />}
    </div>
  );
}

/** The devices of one policy. */
function Status({ policy }: { readonly policy: string }) {
  const words = texts.value.preload;
  const path = `/policies/${encodeURIComponent(policy)}`;
  const { data, problem, reload } = useLive(
    `policy ${namespace.value} ${policy}`,
    (signal) => call<PolicyStatusView>(`${path}/status`, { signal }),
    { concerns: (event) => event.kind !== 'exchange', pollEvery: rhythm, atMostEvery: rhythm },
  );
  const checkIn = useAction(async () => {
    await call(`${path}/check-in`, { method: 'POST', body: {}, query: { wait: true } });
    reload();
  });
  const status = data.value;
  return (
    <section class="card stack" aria-label={policy}>
      <div class="spread">
        <h2>
          <ForeignText text={policy} />
        </h2>
        <button type="button" class="button" disabled={checkIn.isBusy.value} onClick={() => checkIn.run()}>
          {words.checkIn}
        </button>
      </div>
      {(problem.value ?? checkIn.problem.value) && (
        <ProblemNote problem={(problem.value ?? checkIn.problem.value)!} retry={reload} />
      )}
      {status && (
        <div class="row">
          {Object.entries(status.activation).map(([name, count]) => (
            <Badge
              key={name}
              tone={tones[name as Device['activationStatus']]}
              text={`${name}: ${number(count)}`}
            />
          ))}
        </div>
      )}
      {status?.devices.length === 0 && <p class="empty">{words.noPolicyDevices}</p>}
      {status && status.devices.length > 0 && (
        <div class="scroll-x" tabIndex={0} role="group" aria-label={words.policyDevices}>
          <table class="plain-table">
            <thead>
              <tr>
                {[
                  'Device name',
                  'User',
                  'ICCID',
                  'Activation status',
                  'Cellular status',
                  'Last check-in',
                ].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {status.devices.map((device) => (
                <DeviceRow key={device.deviceName} device={device} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function DeviceRow({ device }: { readonly device: Device }) {
  const { deviceName, user, iccid, activationStatus, cellularStatus, lastCheckIn, errorDetail, error } =
    device;
  return (
    <tr>
      <th scope="row">
        <ForeignText text={deviceName} />
      </th>
      <td>
        <ForeignText text={user} />
      </td>
      <td>
        {iccid !== null && (
          <a href={linkTo(['profiles', iccid])}>
            <ForeignText text={iccid} mono />
          </a>
        )}
      </td>
      <td>
        <Badge tone={tones[activationStatus]} text={activationStatus} />
        {error !== null && (
          <p class="small wrong">
            <ForeignText text={errorDetail === null ? error : `${error} (ErrorDetail ${errorDetail})`} />
          </p>
        )}
      </td>
      <td>{cellularStatus}</td>
      <td>{lastCheckIn !== null && <Time at={lastCheckIn} />}</td>
    </tr>
  );
}
