import type { DeviceDetails } from '../../../api/index.js';
import { ForeignLine } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';

/** The top line of the phone: the provider of the enabled profile, and the signal. */
export function StatusBar({ phone }: { readonly phone: DeviceDetails }) {
  const enabled = phone.profiles.find(({ state }) => state === 'enabled');
  return (
    <div class="phone-bar">
      <span class="carrier">
        {enabled ? <ForeignLine text={enabled.serviceProviderName} /> : texts.value.devices.noService}
      </span>
      <span class="phone-eye" aria-hidden="true" />
      <svg viewBox="0 0 44 14" width="44" height="14" aria-hidden="true">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            class={enabled ? 'bar' : 'bar off'}
            x={bar * 5}
            y={10 - bar * 3}
            width="3.4"
            height={4 + bar * 3}
            rx="1"
          />
        ))}
        <rect class="battery" x="24.5" y="1.5" width="16" height="11" rx="3" />
        <rect class="bar" x="26.5" y="3.5" width="10" height="7" rx="1.4" />
        <rect class="bar" x="41.4" y="5" width="1.8" height="4" rx="0.9" />
      </svg>
    </div>
  );
}
