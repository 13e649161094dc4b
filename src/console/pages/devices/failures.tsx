import type { DeviceDetails } from '../../../api/index.js';
import { useAction } from '../../api/use-action.js';
import { Switch } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { texts } from '../../texts/texts.js';
import { device, type Card } from './device-calls.js';

/**
 * The card properties that make the phone fail on purpose. Descriptions of the failures are in `texts/`, under the same
 * names.
 */
const failures = {
  installError: { failAtElement: 3 },
  memoryFull: { memoryFull: true },
  powerLost: { powerLossAtUnit: 5 },
  userRefuses: { userRefuses: 'endUserRejection' },
  holdNotifications: { holdNotifications: true },
} as const satisfies Record<string, Card>;

type FailureName = keyof typeof failures;
const names = Object.keys(failures) as FailureName[];

const propertyOf = (name: FailureName): keyof Card => Object.keys(failures[name])[0] as keyof Card;

interface FailuresProps {
  readonly phone: DeviceDetails;
  readonly reload: () => void;
}

/** Switches that make the phone fail, and a switch that makes it ask its user before a download. */
export function Failures({ phone, reload }: FailuresProps) {
  const words = texts.value.devices;
  const change = useAction(async (body: Parameters<typeof device.set>[1]) => {
    await device.set(phone.name, body);
    reload();
  });
  const turn = (name: FailureName, isOn: boolean): void => {
    const { [propertyOf(name)]: _, ...others } = phone.card;
    change.run({ card: isOn ? { ...others, ...failures[name] } : others });
  };
  const turnOnce = (isOn: boolean): void => {
    const { failTimes: _, ...others } = phone.card;
    change.run({ card: isOn ? { ...others, failTimes: 1 } : others });
  };
  return (
    <section class="card stack">
      <h2>{words.failures}</h2>
      {change.problem.value && <ProblemNote problem={change.problem.value} />}
      <div class="failures">
        {names.map((name) => (
          <Switch
            key={name}
            {...words.failureWords[name]}
            isOn={phone.card[propertyOf(name)] !== undefined}
            isDisabled={change.isBusy.value}
            turn={(isOn) => turn(name, isOn)}
          />
        ))}
        <Switch
          {...words.failOnce}
          isOn={phone.card.failTimes === 1}
          isDisabled={change.isBusy.value}
          turn={turnOnce}
        />
        <Switch
          {...words.asks}
          isOn={phone.user.consent === 'ask'}
          isDisabled={change.isBusy.value}
          turn={(isOn) => change.run({ user: { consent: isOn ? 'ask' : 'yes' } })}
        />
      </div>
    </section>
  );
}
