import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { Field } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { number, texts } from '../../texts/texts.js';
import { orderProfile } from './demo.js';
import { device } from './device-calls.js';

const mostPhones = 20;

/**
 * Makes phones, one after the other. If a code is given, all phones use it. Otherwise each phone downloads its own new
 * profile.
 */
export function Fleet({ changed }: { readonly changed: () => void }) {
  const words = texts.value.devices;
  const count = useSignal(5);
  const code = useSignal('');
  const done = useSignal(0);
  const isStopped = useRef(false);
  const id = useId();
  useEffect(() => () => void (isStopped.current = true), []);
  const start = useAction(async () => {
    isStopped.current = false;
    done.value = 0;
    const shared = code.peek().trim();
    for (let made = 0; made < count.peek() && !isStopped.current; made++) {
      const { name } = await device.make({ platform: 'phone', user: { consent: 'yes' } });
      const activationCode = shared === '' ? (await orderProfile('fleet')).activationCode! : shared;
      await device.download(name, { activationCode }, true);
      done.value = made + 1;
      changed();
    }
  });
  return (
    <section class="card stack">
      <h2>{words.fleet}</h2>
      <p class="soft">{words.fleetHelp}</p>
      {start.problem.value && <ProblemNote problem={start.problem.value} />}
      <form
        class="fleet"
        onSubmit={(event) => {
          event.preventDefault();
          start.run();
        }}
      >
        <div class="field">
          <label for={id}>{words.howMany}</label>
          <div class="row slider">
            <input
              id={id}
              type="range"
              min={1}
              max={mostPhones}
              value={count.value}
              onInput={({ currentTarget }) => (count.value = Number(currentTarget.value))}
            />
            <output for={id} class="number">
              {number(count.value)}
            </output>
          </div>
        </div>
        <Field label={words.fleetCode} help={words.fleetCodeHelp}>
          {(ids) => (
            <input
              {...ids}
              class="input mono"
              autocomplete="off"
              placeholder="LPA:1$…"
              value={code.value}
              onInput={({ currentTarget }) => (code.value = currentTarget.value)}
            />
          )}
        </Field>
        <div class="row">
          {start.isBusy.value ? (
            <button type="button" class="button" onClick={() => (isStopped.current = true)}>
              {words.stopFleet}
            </button>
          ) : (
            <button type="submit" class="button main">
              {words.startFleet}
            </button>
          )}
          <span role="status">
            {done.value > 0 && words.fleetDone(number(done.value), number(count.value))}
          </span>
        </div>
      </form>
    </section>
  );
}
