import { useSignal } from '@preact/signals';
import type { OperationView } from '../../../api/index.js';
import { Field } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';
import type { Answer } from './device-calls.js';
import { Screen } from './screen.js';

interface QuestionProps {
  readonly operation: OperationView;
  readonly answer: (body: { readonly answer: Answer; readonly confirmationCode?: string }) => void;
}

/** What the phone asks its user: consent to the profile, or the confirmation code. */
export function QuestionScreen({ operation: { question }, answer }: QuestionProps) {
  const words = texts.value.devices;
  if (!question) return null;
  const { asks, profileName, serviceProviderName, iccid } = question;
  if (asks === 'confirmationCode')
    return (
      <CodeScreen
        title={words.enterCode}
        text={words.enterCodeFor}
        profileName={profileName}
        enter={(confirmationCode) => answer({ answer: 'yes', confirmationCode })}
        leave={() => answer({ answer: 'notNow' })}
      />
    );
  return (
    <Screen
      title={
        <>
          {words.addFrom} <ForeignText text={serviceProviderName} most={60} />?
        </>
      }
      actions={
        <>
          <button type="button" class="button main" onClick={() => answer({ answer: 'yes' })}>
            {words.yes}
          </button>
          <button type="button" class="button" onClick={() => answer({ answer: 'notNow' })}>
            {words.notNow}
          </button>
          <button type="button" class="button" onClick={() => answer({ answer: 'no' })}>
            {words.no}
          </button>
        </>
      }
    >
      <div class="screen-middle">
        <Sim />
        <p>
          <strong>
            <ForeignText text={profileName} most={80} />
          </strong>
        </p>
        <p class="small soft">
          ICCID <bdi class="mono">{iccid}</bdi>
        </p>
        {question.confirmationCodeRequired && <p class="small soft">{words.codeFollows}</p>}
      </div>
    </Screen>
  );
}

interface CodeScreenProps {
  readonly title: string;
  readonly text: string;
  readonly profileName?: string;
  /** Why the last code was refused. */
  readonly wrong?: string | undefined;
  readonly enter: (code: string) => void;
  readonly leave: () => void;
}

/** The field for the confirmation code. */
export function CodeScreen({ title, text, profileName, wrong, enter, leave }: CodeScreenProps) {
  const words = texts.value.devices;
  const code = useSignal('');
  return (
    <Screen title={title}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (code.peek() !== '') enter(code.peek());
        }}
      >
        <p class="soft">
          {text} {profileName !== undefined && <ForeignText text={profileName} most={80} />}
        </p>
        <Field label={words.confirmationCode} wrong={wrong}>
          {(ids) => (
            <input
              {...ids}
              class="input confirmation"
              autocomplete="off"
              maxLength={255}
              value={code.value}
              onInput={({ currentTarget }) => (code.value = currentTarget.value)}
            />
          )}
        </Field>
        <button type="submit" class="button main">
          {words.next}
        </button>
        <button type="button" class="button" onClick={leave}>
          {texts.value.common.cancel}
        </button>
      </form>
    </Screen>
  );
}

/** A drawing of a SIM card. */
const Sim = () => (
  <svg class="sim" viewBox="0 0 48 60" width="56" height="70" aria-hidden="true">
    <path
      class="sim-card"
      d="M6 1.5h24L46.5 16v37a5.5 5.5 0 0 1-5.5 5.5H6A4.5 4.5 0 0 1 1.5 54V6A4.5 4.5 0 0 1 6 1.5z"
    />
    <rect class="sim-chip" x="11" y="27" width="26" height="21" rx="4" />
    <path class="sim-chip" d="M11 37.5h26M20 27v21M28 27v21" />
  </svg>
);
