import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { asProblem } from '../api/problem.js';
import { signIn } from '../api/sign-in.js';
import { Field } from '../parts/field.js';
import { problemText } from '../parts/problem-note.js';
import { texts } from '../texts/texts.js';

/** Asks for the token. The page behind it stays, and appears once the user has signed in. */
export function SignInPage() {
  const wrong = useSignal<string | undefined>(undefined);
  const isBusy = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const { signIn: words } = texts.value.shell;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const token = (field.current?.value ?? '').trim();
    if (token === '') return void (wrong.value = words.empty);
    isBusy.value = true;
    try {
      await signIn.in(token);
    } catch (error) {
      wrong.value = problemText(asProblem(error));
    } finally {
      isBusy.value = false;
    }
  };
  return (
    <main class="sign-in">
      <form class="card stack" onSubmit={(event) => void submit(event)}>
        <h1>{words.title}</h1>
        <p class="soft">{words.explanation}</p>
        <Field label={words.token} wrong={wrong.value}>
          {(ids) => (
            <input
              {...ids}
              ref={field}
              class="input"
              name="token"
              type="password"
              autocomplete="current-password"
              autofocus
            />
          )}
        </Field>
        <button type="submit" class="button main" disabled={isBusy.value}>
          {isBusy.value ? words.submitting : words.submit}
        </button>
      </form>
    </main>
  );
}
