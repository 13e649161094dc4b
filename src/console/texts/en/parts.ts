import { many } from '../many.js';
/** Texts of the components that all pages use. */
export const parts = {
  rows: (shown: string) => many(shown, 'row', 'rows'),
  rowsOf: (shown: string, all: string) => `${shown} of ${all} rows loaded`,
  noRows: 'Nothing here.',
  loadingMore: 'Loading more …',
  removeFilter: (name: string) => `Remove the filter ${name}`,
  clearFilters: 'Clear all',
  dismiss: 'Dismiss',
  messages: 'Messages',
  seconds: (n: number) => `${n} s ago`,
  minutes: (n: number) => `${n} min ago`,
  hours: (n: number) => `${n} h ago`,
  days: (n: number) => `${n} d ago`,
  qrCode: {
    alt: 'QR code of the activation code',
    activationCode: 'activation code',
    fullScreen: 'Full screen',
    scan: 'Scan this code with the device',
  },
  now: 'just now',
};
