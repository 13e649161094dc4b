import { useSignal } from '@preact/signals';
import { apiUrl } from '../api/client.js';
import { texts } from '../texts/texts.js';
import { CopyButton } from './copy-button.js';
import { Dialog } from './dialog.js';
import { ForeignText } from './foreign-text.js';
import { Icon } from './icon.js';
import './qr-code.css';

interface QrCodeProps {
  /** The number of the profile. */
  readonly id: number;
  readonly activationCode: string;
}

/** The activation code of a profile: QR code, text to copy, and full screen for the camera of a phone. */
export function QrCode({ id, activationCode }: QrCodeProps) {
  const isFull = useSignal(false);
  const words = texts.value.parts.qrCode;
  // The key makes the browser load the picture again when a reset has changed the activation code.
  const picture = apiUrl(`/profiles/id:${id}/qr.svg`, {});
  const image = <img key={activationCode} src={picture} alt={words.alt} width="200" height="200" />;
  return (
    <div class="qr">
      <button type="button" class="qr-picture" title={words.fullScreen} onClick={() => (isFull.value = true)}>
        {image}
        <span class="unseen">{words.fullScreen}</span>
      </button>
      <div class="qr-text">
        <ForeignText text={activationCode} mono />
        <div class="row">
          <CopyButton text={activationCode} what={words.activationCode} isWide />
          <button type="button" class="button" onClick={() => (isFull.value = true)}>
            <Icon name="full" />
            {words.fullScreen}
          </button>
        </div>
      </div>
      {isFull.value && (
        <Dialog title={words.scan} isWide onClose={() => (isFull.value = false)}>
          <div class="qr-full">
            <img src={picture} alt={words.alt} />
            <ForeignText text={activationCode} mono />
          </div>
        </Dialog>
      )}
    </div>
  );
}
