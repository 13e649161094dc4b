import { useSignal } from '@preact/signals';
import type { ProfileList } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { Field } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { namespace } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import type { Wanted } from './device-calls.js';
import { Screen } from './screen.js';

/** A code to scan. */
export interface Code {
  readonly id: number;
  readonly activationCode: string;
}

/** Maximum number of codes in the list. A search finds the others. */
const mostCodes = 8;

interface AddProps {
  readonly eid: string;
  /** The activation code from the link to this page; empty: none. */
  readonly given: string;
  readonly scan: (code: Code) => void;
  readonly download: (wanted: Wanted) => void;
  readonly leave: () => void;
}

/** The ways to add an eSIM: scan a code of this server, enter a code, or let the SM-DP+ find the order by the EID. */
export function AddScreen({ eid, given, scan, download, leave }: AddProps) {
  const words = texts.value.devices;
  const typed = useSignal(given);
  return (
    <Screen
      title={words.add}
      actions={
        <button type="button" class="button" onClick={leave}>
          {texts.value.common.cancel}
        </button>
      }
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const code = typed.peek().trim();
          if (code !== '') download({ activationCode: code });
        }}
      >
        <Field label={words.typeCode} help={words.typeCodeHelp}>
          {(ids) => (
            <input
              {...ids}
              class="input mono"
              autocomplete="off"
              spellcheck={false}
              placeholder="LPA:1$…"
              value={typed.value}
              onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
            />
          )}
        </Field>
        <button type="submit" class={typed.value === '' ? 'button' : 'button main'}>
          {words.download}
        </button>
      </form>
      <Codes scan={scan} />
      <div class="stack">
        <h3>{words.byEid}</h3>
        <p class="small soft">
          {words.byEidHelp} <bdi class="mono">{eid}</bdi>
        </p>
        <button type="button" class="button" onClick={() => download({})}>
          {words.find}
        </button>
      </div>
    </Screen>
  );
}

/** Codes of this server that a phone can scan. */
function Codes({ scan }: { readonly scan: (code: Code) => void }) {
  const words = texts.value.devices;
  const search = useSignal('');
  const { data, problem, reload } = useLive(
    `released ${namespace.value} ${search.value}`,
    (signal) =>
      call<ProfileList>('/profiles', {
        signal,
        query: {
          ...{ state: ['Released'], order: 'newest', limit: mostCodes },
          ...(search.value !== '' && { search: search.value }),
        },
      }),
    { concerns: ({ kind }) => kind === 'profile', atMostEvery: 3_000 },
  );
  const codes = data.value?.items.filter(({ activationCode }) => activationCode !== null);
  return (
    <div class="stack" role="group" aria-label={words.scan}>
      <h3>{words.scan}</h3>
      <input
        class="input"
        type="search"
        aria-label={words.searchCodes}
        placeholder={words.searchCodes}
        value={search.value}
        onInput={({ currentTarget }) => (search.value = currentTarget.value.trim())}
      />
      {problem.value && <ProblemNote problem={problem.value} retry={reload} />}
      {codes?.length === 0 && <p class="soft small">{words.noCodes}</p>}
      <ul class="scan-codes">
        {codes?.map(({ id, activationCode, label, iccid, confirmationCodeRequired }) => (
          <li key={id}>
            <button
              type="button"
              class="scan-code"
              onClick={() => scan({ id, activationCode: activationCode! })}
            >
              <ForeignText text={label ?? iccid} most={60} />
              <span class="small soft mono">
                <bdi>{matchingIdOf(activationCode!)}</bdi>
                {confirmationCodeRequired && ` · ${words.needsCode}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The part of a code that a person recognizes. */
const matchingIdOf = (activationCode: string): string => {
  const [, , matchingId = ''] = activationCode.split('$');
  return matchingId === '' ? texts.value.devices.byEid : matchingId;
};
