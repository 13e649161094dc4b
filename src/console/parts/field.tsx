import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId, useRef } from 'preact/hooks';

/** Attributes that connect an input with its label, its explanation and its error. */
export interface FieldIds {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean;
}

/** An input with its label, explanation and error. */
export function Field({ label, help, wrong, children }: FieldProps) {
  const id = useId();
  const described = [help !== undefined && `${id}-help`, wrong !== undefined && `${id}-wrong`].filter(
    Boolean,
  );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
        'aria-invalid': wrong !== undefined,
      })}
      {wrong !== undefined && (
        <p class="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
      {help !== undefined && (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly help?: string | undefined;
  readonly wrong?: string | undefined;
  /** Draws the input with the given attributes. */
  readonly children: (ids: FieldIds) => ComponentChildren;
}

/** A switch with its label and explanation. */
export function Switch({ label, help, isOn, turn, isDisabled }: SwitchProps) {
  const id = useId();
  return (
    <div class="field">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          disabled={isDisabled}
          aria-describedby={help === undefined ? undefined : id}
          onChange={(event) => turn(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {help !== undefined && (
        <p class="help" id={id}>
          {help}
        </p>
      )}
    </div>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly help?: string;
  readonly isOn: boolean;
  readonly turn: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

/**
 * A switch that the server turns. Until the server has answered, it shows what the user wants. Further changes meanwhile are made in
 * their order.
 */
export function RemoteSwitch({ isOn, turn, ...others }: RemoteSwitchProps) {
  const wanted = useSignal<boolean | undefined>(undefined);
  const last = useRef(Promise.resolve());
  const want = (wish: boolean): void => {
    wanted.value = wish;
    const mine = last.current.then(() => turn(wish));
    last.current = mine;
    void mine.then(() => {
      if (last.current === mine) wanted.value = undefined;
    });
  };
  return <Switch {...others} isOn={wanted.value ?? isOn} turn={want} />;
}

interface RemoteSwitchProps extends Omit<SwitchProps, 'turn'> {
  /** Makes the change and loads the new state. Never rejects. */
  readonly turn: (isOn: boolean) => Promise<void>;
}
