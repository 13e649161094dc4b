import type { OperationView, ProfileList } from '../../../api/index.js';
import { call } from '../../api/client.js';
import { useLive } from '../../api/use-live.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { number, texts } from '../../texts/texts.js';
import { failureText, isWrongCode } from './failure-text.js';
import { CodeScreen } from './question-screen.js';
import { Screen } from './screen.js';
import { Sign } from './sign.js';

interface OutcomeProps {
  readonly operation: OperationView;
  readonly close: () => void;
  /** Repeats the download. */
  readonly again: (confirmationCode?: string) => void;
  readonly turnOn: (iccid: string) => void;
}

/** The outcome of a download. */
export function OutcomeScreen({ operation, close, again, turnOn }: OutcomeProps) {
  const { result, error } = operation;
  const words = texts.value.devices;
  if (isWrongCode(operation)) return <WrongCode operation={operation} close={close} again={again} />;
  const closing = (
    <button type="button" class="button" onClick={close}>
      {words.ok}
    </button>
  );
  const retrying = (
    <>
      <button type="button" class="button main" onClick={() => again()}>
        {texts.value.common.again}
      </button>
      {closing}
    </>
  );
  if (error)
    return (
      <Screen title={words.notAdded} actions={retrying}>
        <div class="screen-middle">
          <Sign kind="bad" />
          <p role="alert">{failureText(error)}</p>
        </div>
      </Screen>
    );
  const { outcome, iccid, profileName = '', reason = '', downloads } = result ?? {};
  if (outcome === 'installed' && iccid !== undefined)
    return (
      <Screen
        title={words.added}
        actions={
          <>
            <button type="button" class="button main" onClick={() => turnOn(iccid)}>
              {words.turnOn}
            </button>
            <button type="button" class="button" onClick={close}>
              {words.later}
            </button>
          </>
        }
      >
        <div class="screen-middle">
          <Sign kind="good" />
          <p role="status">
            <ForeignText text={profileName} most={80} />
          </p>
        </div>
      </Screen>
    );
  if (outcome === 'stopped')
    return (
      <Screen title={words.powerLost} actions={retrying}>
        <div class="screen-middle">
          <Sign kind="careful" />
          <p role="alert">{words.powerLostText}</p>
        </div>
      </Screen>
    );
  if (outcome === 'cancelled')
    return (
      <Screen title={words.cancelled} actions={reason === 'endUserRejection' ? closing : retrying}>
        <div class="screen-middle">
          <Sign kind="careful" />
          <p role="status">{cancelledText(reason)}</p>
        </div>
      </Screen>
    );
  return (
    <Screen title={words.searched} actions={closing}>
      <p class="screen-middle" role="status">
        {words.found(number(downloads?.filter((one) => one.outcome === 'installed').length ?? 0))}
      </p>
    </Screen>
  );
}

const cancelledText = (reason: string): string => {
  const { cancelReasons, cancelledFor } = texts.value.devices;
  return Object.hasOwn(cancelReasons, reason)
    ? cancelReasons[reason as keyof typeof cancelReasons]
    : cancelledFor(reason);
};

/** The user may enter another confirmation code while attempts are left. */
function WrongCode({ operation, close, again }: Omit<OutcomeProps, 'turnOn'>) {
  const words = texts.value.devices;
  const code = (operation.request as { activationCode?: string }).activationCode;
  const [, , matchingId = ''] = code?.split('$') ?? [];
  const { data } = useLive(`attempts ${operation.id} ${matchingId}`, (signal) =>
    matchingId === ''
      ? Promise.resolve(undefined)
      : call<ProfileList>('/profiles', { signal, query: { matchingId, limit: 1 } }),
  );
  const left = data.value?.items[0]?.confirmationCodeAttemptsLeft;
  return (
    <CodeScreen
      title={words.wrongCode}
      text={words.wrongCodeText}
      wrong={left === undefined ? words.wrongCode : words.attemptsLeft(number(left))}
      enter={again}
      leave={close}
    />
  );
}
