import type { OperationView } from '../../../api/index.js';
import { texts } from '../../texts/texts.js';
import { Screen } from './screen.js';

/** Steps of a download, in their order (SGP.22 3.1.2, 3.1.3). */
const steps = [
  'initiateAuthentication',
  'authenticateServer',
  'authenticateClient',
  'prepareDownload',
  'getBoundProfilePackage',
  'loadBoundProfilePackage',
] as const;

/** The progress of a download. */
export function ProgressScreen({ operation }: { readonly operation: OperationView }) {
  const words = texts.value.devices;
  const last = operation.steps.at(-1)?.step;
  const done = steps.findIndex((step) => step === last) + 1;
  const next = steps[Math.min(done, steps.length - 1)]!;
  return (
    <Screen title={done < 3 ? words.contacting : words.adding}>
      <div class="screen-middle">
        <progress class="progress" max={steps.length} value={done} aria-label={words.progress} />
        <p class="soft" role="status">
          {words.progressSteps[next]}
        </p>
      </div>
    </Screen>
  );
}
