import type { DeviceWordsView } from '../../../api/index.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';

/** What a Windows PC, an Android phone, an iPhone and lpac show for the same failure. */
export function OtherDevices({ says }: { readonly says: DeviceWordsView }) {
  const words = texts.value.devices;
  const { windows, android, iphone, lpac } = says;
  const parts = (...all: readonly unknown[]): string =>
    all
      .filter((part) => part !== null && part !== undefined && part !== '')
      .map(String)
      .join(' · ');
  const rows = [
    {
      system: 'Windows',
      text: parts(
        windows.operationStatusName,
        windows.errorDetailName && `${windows.errorDetailName} (${windows.errorDetail})`,
      ),
      ...windows,
    },
    {
      system: 'Android',
      text: parts(android.errorName ?? android.operationName, android.detailedCode),
      ...android,
    },
    { system: 'iPhone', text: parts(iphone.errorCode && `${iphone.status} ${iphone.errorCode}`), ...iphone },
    { system: 'lpac', text: parts(lpac.message, lpac.data), ...lpac },
  ];
  return (
    <details class="others" open>
      <summary>{words.otherDevices}</summary>
      <dl class="facts small">
        {rows.flatMap(({ system, text, confirmed }) => [
          <dt key={system}>{system}</dt>,
          <dd key={`${system} says`}>
            <ForeignText text={text === '' ? words.saysNothing : text} />{' '}
            {!confirmed && <span class="soft">{words.guessed}</span>}
          </dd>,
        ])}
      </dl>
    </details>
  );
}
