import { useSignal } from '@preact/signals';
import type { AddressDetails, MagicCodeView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { CopyButton } from '../../parts/copy-button.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { texts } from '../../texts/texts.js';

/** Activation codes that cause a fault without a rule. A code affects only the device that uses it. */
export function CodesTab() {
  const words = texts.value.breakIt;
  const search = useSignal('');
  const codes = useLive('magic codes', (signal) =>
    call<{ items: MagicCodeView[] }>('/faults/codes', { signal }),
  );
  const address = useLive('address', (signal) =>
    call<AddressDetails>('/address', { signal, wholeServer: true }),
  );
  const wanted = search.value.trim().toLowerCase();
  const shown = (codes.data.value?.items ?? []).filter(({ form, what, notices }) =>
    `${form} ${what} ${notices}`.toLowerCase().includes(wanted),
  );
  const codeOf = (example: string): string => `LPA:1$${address.data.value?.address ?? ''}$${example}`;
  return (
    <div class="stack">
      <div class="spread">
        <p class="soft">{words.codesText}</p>
        <input
          type="search"
          class="input narrow"
          aria-label={words.searchCodes}
          placeholder={words.searchCodes}
          value={search.value}
          onInput={(event) => (search.value = event.currentTarget.value)}
        />
      </div>
      {codes.problem.value && <ProblemNote problem={codes.problem.value} retry={codes.reload} />}
      <div class="card scroll-x" tabIndex={0} role="group" aria-label={words.tabs.codes}>
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.form}</th>
              <th scope="col">{words.what}</th>
              <th scope="col">{words.notices}</th>
              <th scope="col">{words.activationCode}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ form, examples, what, notices }) => (
              <tr key={form}>
                <td class="mono nowrap">{form}</td>
                <td>
                  <ForeignText text={what} />
                </td>
                <td class="soft">
                  <ForeignText text={notices} />
                </td>
                <td>
                  {examples.slice(0, 2).map((example) => (
                    <span key={example} class="row nowrap">
                      <code>{example}</code>
                      <CopyButton text={codeOf(example)} what={codeOf(example)} />
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
