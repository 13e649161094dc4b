import { useSignal } from '@preact/signals';
import type { ProfileDetails, ProfileView } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { asProblem } from '../../api/problem.js';
import { useAction } from '../../api/use-action.js';
import { Dialog } from '../../parts/dialog.js';
import { problemText } from '../../parts/problem-note.js';
import { toast } from '../../parts/toast.js';
import { go, linkTo } from '../../router/router.js';
import { texts } from '../../texts/texts.js';

interface ActionsProps {
  readonly profile: ProfileDetails;
  readonly reload: () => void;
}

type State = ProfileView['state'];

/** States in which the page offers each change. In the other states, the server would refuse the change. */
const possibleIn: Readonly<Record<'release' | 'cancel' | 'reset', readonly State[]>> = {
  release: ['Confirmed'],
  cancel: ['Allocated', 'Linked', 'Confirmed', 'Released', 'Error'],
  reset: ['Downloaded', 'Installed', 'Error'],
};

/** Buttons for the possible changes of a profile. */
export function Actions({ profile, reload }: ActionsProps) {
  const words = texts.value.profiles;
  const asks = useSignal<'cancel' | 'remove' | undefined>(undefined);
  const path = `/profiles/id:${profile.id}`;
  const change = useAction(async (name: string, body: object, done: string) => {
    try {
      await call(`${path}/${name}`, { method: 'POST', body });
      toast(done);
      reload();
    } catch (error) {
      toast(problemText(asProblem(error)), 'bad');
    }
  });
  const remove = useAction(async () => {
    try {
      await call(path, { method: 'DELETE' });
      toast(words.removed);
      go(linkTo(['profiles']));
    } catch (error) {
      toast(problemText(asProblem(error)), 'bad');
    }
  });
  const isPossible = (name: keyof typeof possibleIn): boolean => possibleIn[name].includes(profile.state);
  const isBusy = change.isBusy.value || remove.isBusy.value;
  return (
    <>
      {isPossible('release') && (
        <button
          type="button"
          class="button main"
          disabled={isBusy}
          onClick={() => change.run('release', {}, words.released)}
        >
          {words.release}
        </button>
      )}
      {isPossible('reset') && (
        <button
          type="button"
          class="button main"
          disabled={isBusy}
          onClick={() => change.run('reset', {}, words.wasReset)}
        >
          {words.reset}
        </button>
      )}
      <a class="button" href={linkTo(['profiles', 'new'], { like: String(profile.id) })}>
        {words.orderAnother}
      </a>
      {isPossible('cancel') && (
        <button type="button" class="button" onClick={() => (asks.value = 'cancel')}>
          {words.cancel}
        </button>
      )}
      <button type="button" class="button danger" onClick={() => (asks.value = 'remove')}>
        {texts.value.common.remove}
      </button>
      {asks.value === 'cancel' && (
        <Dialog title={words.cancelTitle} onClose={() => (asks.value = undefined)}>
          <p>{words.cancelText}</p>
          <footer>
            {(['Available', 'Unavailable'] as const).map((final) => (
              <button
                key={final}
                type="button"
                class="button"
                onClick={() => {
                  asks.value = undefined;
                  change.run('cancel', { finalProfileStatusIndicator: final }, words.cancelled);
                }}
              >
                {words.cancelTo[final]}
              </button>
            ))}
          </footer>
        </Dialog>
      )}
      {asks.value === 'remove' && (
        <Dialog title={words.removeTitle} onClose={() => (asks.value = undefined)}>
          <p>{words.removeText}</p>
          <footer>
            <button
              type="button"
              class="button danger"
              onClick={() => {
                asks.value = undefined;
                remove.run();
              }}
            >
              {texts.value.common.remove}
            </button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
