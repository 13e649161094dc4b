import { useSignal } from '@preact/signals';
import type { ClockView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { useLive } from '../../api/use-live.js';
import { Field, Switch } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { timeText } from '../../parts/time.js';
import { number, texts } from '../../texts/texts.js';

const hour = 3_600_000;
const day = 24 * hour;

/** Days that the slider reaches in each direction. */
const reach = 400;

/** The server's clock. Orders, sessions and certificates expire by this clock. */
export function ClockTab() {
  const words = texts.value.breakIt.clock;
  const { data, problem, reload } = useLive(
    'clock',
    (signal) => call<ClockView>('/clock', { signal, wholeServer: true }),
    { pollEvery: 1_000 },
  );
  const dragged = useSignal<number | undefined>(undefined);
  const change = useAction(async (body: object) => {
    await call('/clock', { method: 'PUT', body, wholeServer: true });
    reload();
  });
  const restore = useAction(async () => {
    await call('/clock', { method: 'DELETE', wholeServer: true });
    reload();
  });
  const clock = data.value;
  if (!clock)
    return problem.value ? <ProblemNote problem={problem.value} retry={reload} /> : <p class="waiting">…</p>;
  const days = dragged.value ?? Math.round(clock.ahead / day);
  const setAhead = (ahead: number): void => change.run({ now: new Date(Date.now() + ahead).toISOString() });
  return (
    <section class="card stack">
      <p class="soft">{words.text}</p>
      <p class="clock number" role="timer" aria-label={words.now}>
        {timeText(clock.now)}
      </p>
      <p class="soft number">
        {Math.abs(clock.ahead) < 1_000
          ? words.true
          : words.ahead(number(Math.round((clock.ahead / hour) * 10) / 10))}
      </p>
      <Field label={words.slider} help={words.days(number(days))}>
        {(ids) => (
          <input
            {...ids}
            type="range"
            min={-reach}
            max={reach}
            step="1"
            value={days}
            onInput={(event) => (dragged.value = Number(event.currentTarget.value))}
            onChange={(event) => {
              setAhead(Number(event.currentTarget.value) * day);
              dragged.value = undefined;
            }}
          />
        )}
      </Field>
      <div class="row">
        {(
          [
            ['hour', { hours: 1 }],
            ['day', { days: 1 }],
            ['month', { days: 30 }],
            ['year', { days: 365 }],
          ] as const
        ).map(([name, advance]) => (
          <button key={name} type="button" class="button" onClick={() => change.run({ advance })}>
            {words.steps[name]}
          </button>
        ))}
        <button type="button" class="button main" onClick={() => restore.run()}>
          {words.restore}
        </button>
      </div>
      <Switch
        label={words.freeze}
        help={words.freezeHelp}
        isOn={clock.frozen}
        turn={(isOn) => change.run({ frozen: isOn })}
      />
      {clock.warnings.map((text) => (
        <p key={text} class="note careful">
          <ForeignText text={text} />
        </p>
      ))}
      {change.problem.value && <ProblemNote problem={change.problem.value} />}
    </section>
  );
}
