import { apiUrl } from '../../api/client.js';
import { ForeignText } from '../../parts/foreign-text.js';
import { texts } from '../../texts/texts.js';
import type { Code } from './add-screen.js';
import { Screen } from './screen.js';

/** The camera of the phone, with a code in view. */
export const ScanScreen = ({ code: { id, activationCode } }: { readonly code: Code }) => (
  <Screen title={texts.value.devices.scanning}>
    <div class="screen-middle">
      <div class="camera">
        <img
          src={apiUrl(`/profiles/id:${id}/qr.svg`)}
          alt={texts.value.parts.qrCode.alt}
          width="180"
          height="180"
        />
        <span class="beam" aria-hidden="true" />
      </div>
      <p class="small soft">
        <ForeignText text={activationCode} mono />
      </p>
    </div>
  </Screen>
);
