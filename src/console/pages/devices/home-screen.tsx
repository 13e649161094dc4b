import { useSignal } from '@preact/signals';
import type { DeviceDetails, OperationView } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { Icon } from '../../parts/icon.js';
import { linkTo } from '../../router/router.js';
import { number, texts } from '../../texts/texts.js';
import { device, type Profile } from './device-calls.js';
import { failureText } from './failure-text.js';
import { Screen } from './screen.js';

interface HomeProps {
  readonly phone: DeviceDetails;
  /** The newest operation, unless it is a download. */
  readonly operation?: OperationView | undefined;
  readonly run: (work: () => Promise<unknown>) => void;
  readonly add: () => void;
}

/** The eSIMs of the phone. */
export function HomeScreen({ phone, operation, run, add }: HomeProps) {
  const words = texts.value.devices;
  const isBusy = phone.state !== 'idle';
  const { waitingNotifications: waiting } = phone;
  return (
    <Screen
      title={words.esims}
      actions={
        <button type="button" class="button main" disabled={isBusy} onClick={add}>
          <Icon name="plus" />
          {words.add}
        </button>
      }
    >
      {operation?.error && (
        <p class="note bad" role="alert">
          {failureText(operation.error)}
        </p>
      )}
      {phone.profiles.length === 0 && <p class="empty">{words.noEsims}</p>}
      <ul class="esims">
        {phone.profiles.map((profile) => (
          <Esim
            key={profile.iccid}
            profile={profile}
            isBusy={isBusy}
            change={(change) => run(() => device.change(phone.name, profile.iccid, change))}
          />
        ))}
      </ul>
      {waiting > 0 && (
        <div class="note careful stack">
          <p>{words.waitingNotifications(number(waiting))}</p>
          <button
            type="button"
            class="button"
            disabled={isBusy}
            onClick={() => run(() => device.sendNotifications(phone.name))}
          >
            {words.sendNotifications}
          </button>
        </div>
      )}
    </Screen>
  );
}

interface EsimProps {
  readonly profile: Profile;
  readonly isBusy: boolean;
  readonly change: (change: 'enable' | 'disable' | 'delete') => void;
}

function Esim({ profile, isBusy, change }: EsimProps) {
  const words = texts.value.devices;
  const asks = useSignal(false);
  const { iccid, profileName, serviceProviderName, state } = profile;
  const isOn = state === 'enabled';
  return (
    <li>
      <label class="switch">
        <span class="esim-names">
          <strong>
            <ForeignText text={profileName} most={80} />
          </strong>
          <span class="small soft">
            <ForeignText text={serviceProviderName} most={60} /> · {isOn ? words.on : words.off}
          </span>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          onChange={() => change(isOn ? 'disable' : 'enable')}
        />
      </label>
      <div class="spread small">
        <a href={linkTo(['profiles', iccid])}>
          <ForeignText text={iccid} mono />
        </a>
        {!asks.value && (
          <button
            type="button"
            class="button quiet danger"
            disabled={isBusy}
            onClick={() => (asks.value = true)}
          >
            {words.deleteEsim}
          </button>
        )}
      </div>
      {asks.value && (
        <div class="note careful stack">
          <p>{words.deleteQuestion}</p>
          <div class="row">
            <button
              type="button"
              class="button danger"
              onClick={() => {
                asks.value = false;
                change('delete');
              }}
            >
              {words.deleteEsim}
            </button>
            <button type="button" class="button" onClick={() => (asks.value = false)}>
              {texts.value.common.cancel}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
