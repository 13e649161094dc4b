import { useSignal } from '@preact/signals';
import type { CreatedProfile } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useAction } from '../../api/use-action.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Field } from '../../parts/field.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { PageTitle } from '../../parts/page-title.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { QrCode } from '../../parts/qr-code.js';
import { linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';
import './codes.css';

/**
 * The page that SGP.26 requires of a test SM-DP+. The user enters an EID and, optionally, a confirmation code, and gets
 * a MatchingID.
 */
export default function Codes() {
  const words = texts.value.codes;
  const eid = useSignal('');
  const confirmationCode = useSignal('');
  const made = useSignal<CreatedProfile | undefined>(undefined);
  const order = useAction(async () => {
    const [wantedEid, code] = [eid.peek().replace(/\s/g, ''), confirmationCode.peek().trim()];
    made.value = await call<CreatedProfile>('/profiles', {
      method: 'POST',
      body: { ...(wantedEid !== '' && { eid: wantedEid }), ...(code !== '' && { confirmationCode: code }) },
    });
  });
  const wrong = (name: string): string | undefined =>
    order.problem.value?.errors.find(({ field }) => field === name)?.message;
  const profile = made.value;
  return (
    <>
      <PageTitle title={words.title} />
      <p class="soft">{words.introduction}</p>
      <div class="codes">
        <form
          class="card stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            order.run();
          }}
        >
          <Field label={words.eid} help={words.eidHelp} wrong={wrong('eid')}>
            {(ids) => (
              <input
                {...ids}
                class="input mono"
                inputMode="numeric"
                autocomplete="off"
                value={eid.value}
                onInput={(event) => (eid.value = event.currentTarget.value)}
              />
            )}
          </Field>
          <Field
            label={words.confirmationCode}
            help={words.confirmationCodeHelp}
            wrong={wrong('confirmationCode')}
          >
            {(ids) => (
              <input
                {...ids}
                class="input"
                autocomplete="off"
                value={confirmationCode.value}
                onInput={(event) => (confirmationCode.value = event.currentTarget.value)}
              />
            )}
          </Field>
          {order.problem.value && <ProblemNote problem={order.problem.value} />}
          <button type="submit" class="button main" disabled={order.isBusy.value}>
            {words.submit}
          </button>
        </form>
        <section class="card stack" aria-live="polite" aria-label={words.result}>
          {!profile && <p class="empty">{words.nothingYet}</p>}
          {profile && (
            <>
              <dl class="facts">
                <dt>{words.matchingId}</dt>
                <dd class="row">
                  <strong>
                    <ForeignText text={profile.matchingId ?? ''} mono />
                  </strong>
                  <CopyButton text={profile.matchingId ?? ''} what={words.matchingId} />
                </dd>
                <dt>ICCID</dt>
                <dd>
                  <a href={linkTo(['profiles', String(profile.id)])}>
                    <ForeignText text={profile.iccid} mono />
                  </a>
                </dd>
              </dl>
              {profile.activationCode !== null && (
                <QrCode key={profile.id} id={profile.id} activationCode={profile.activationCode} />
              )}
              {profile.warnings.map(({ field, message, remedy }) => (
                <p class="note careful" key={field}>
                  <ForeignText text={`${message}${remedy === undefined ? '' : ` (${remedy})`}`} />
                </p>
              ))}
            </>
          )}
        </section>
      </div>
    </>
  );
}
