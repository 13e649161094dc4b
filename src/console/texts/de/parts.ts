import { many } from '../many.js';
import type { Texts } from '../en/index.js';

export const parts: Texts['parts'] = {
  rows: (shown) => many(shown, 'Zeile', 'Zeilen'),
  rowsOf: (shown, all) => `${shown} von ${all} Zeilen geladen`,
  noRows: 'Hier ist nichts.',
  loadingMore: 'Lädt weitere …',
  removeFilter: (name) => `Filter ${name} entfernen`,
  clearFilters: 'Alle entfernen',
  dismiss: 'Schließen',
  messages: 'Meldungen',
  seconds: (n) => `vor ${n} s`,
  minutes: (n) => `vor ${n} min`,
  hours: (n) => `vor ${n} h`,
  days: (n) => `vor ${n} T`,
  qrCode: {
    alt: 'QR-Code des Aktivierungscodes',
    activationCode: 'Aktivierungscode',
    fullScreen: 'Ganzer Bildschirm',
    scan: 'Diesen Code mit dem Gerät scannen',
  },
  now: 'gerade eben',
};
