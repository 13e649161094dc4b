import { useSignal } from '@preact/signals';
import { useAction } from '../../api/use-action.js';
import { Dialog } from '../../parts/dialog.js';
import { Field } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { go, linkTo, place } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import { device, type Platform } from './device-calls.js';

const platforms = ['phone', 'android', 'apple', 'windows', 'plain'] as const satisfies readonly Platform[];

/** A dialog to make a phone with a name and a platform. */
export function MakePhone({ onClose }: { readonly onClose: () => void }) {
  const words = texts.value.devices;
  const name = useSignal('');
  const platform = useSignal<Platform>('phone');
  const make = useAction(async () => {
    const wanted = name.peek().trim();
    const made = await device.make({
      platform: platform.peek(),
      user: { consent: 'ask' },
      ...(wanted !== '' && { name: wanted }),
    });
    onClose();
    go(linkTo(['devices', made.name], { code: place.peek().query.get('code') ?? undefined }));
  });
  const wrong = make.problem.value?.errors.find(({ field }) => field.split(/[./]/).at(-1) === 'name');
  return (
    <Dialog title={words.make} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.run();
        }}
      >
        {make.problem.value && !wrong && <ProblemNote problem={make.problem.value} />}
        <Field label={words.name} help={words.nameHelp} wrong={wrong?.message}>
          {(ids) => (
            <input
              {...ids}
              class="input"
              autocomplete="off"
              maxLength={64}
              value={name.value}
              onInput={({ currentTarget }) => (name.value = currentTarget.value)}
            />
          )}
        </Field>
        <Field label={words.platform} help={words.platformHelp}>
          {(ids) => (
            <select
              {...ids}
              class="input"
              value={platform.value}
              onChange={({ currentTarget }) => (platform.value = currentTarget.value as Platform)}
            >
              {platforms.map((one) => (
                <option key={one} value={one}>
                  {words.platforms[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <footer>
          <button type="submit" class="button main" disabled={make.isBusy.value}>
            {words.make}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
