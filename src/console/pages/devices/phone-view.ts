import { signal } from '@preact/signals';
import type { DeviceDetails, OperationView } from '../../../api/index.js';

/** For each EID, the number of the newest operation whose outcome the user has dismissed. */
const seen = signal<ReadonlyMap<string, number>>(new Map());

/** Removes the outcome of the newest operation from the screen. */
export const dismiss = (phone: DeviceDetails): void => {
  const newest = phone.operations.at(-1)?.id ?? 0;
  seen.value = new Map(seen.value).set(phone.eid, newest);
};

/** What is on the screen of a phone. */
export type PhoneView =
  | { readonly kind: 'home'; readonly operation?: OperationView | undefined }
  | { readonly kind: 'progress' | 'question' | 'outcome'; readonly operation: OperationView };

const isDownload = ({ action }: OperationView): boolean => action === 'download' || action === 'discover';

/** Decides from the newest operation what the phone shows. */
export function viewOf(phone: DeviceDetails): PhoneView {
  const operation = phone.operations.at(-1);
  if (!operation) return { kind: 'home' };
  if (operation.state === 'asking') return { kind: 'question', operation };
  if (!isDownload(operation)) return { kind: 'home', operation };
  if (operation.state === 'running') return { kind: 'progress', operation };
  const isSeen = operation.id <= (seen.value.get(phone.eid) ?? 0);
  return isSeen ? { kind: 'home' } : { kind: 'outcome', operation };
}
