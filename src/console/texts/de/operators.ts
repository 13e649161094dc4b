import { many } from '../many.js';
import type { Texts } from '../en/index.js';

export const operators: Texts['operators'] = {
  title: 'Betreiber',
  orders: 'Bestellungen über ES2+',
  noOrders: 'Noch hat kein Betreiber etwas bestellt. Bestellungen erscheinen hier, sobald sie eintreffen.',
  callbacks: 'Meldungen an Betreiber',
  callbackStates: 'Zustand der Meldungen',
  waiting: 'Wartend',
  delivered: 'Zugestellt',
  noCallbacks: 'Keine Meldung wartet, und keine wurde am letzten Tag zugestellt.',
  retry: 'Jetzt senden',
  retried: (count) => `${many(count, 'Meldung wird', 'Meldungen werden')} jetzt gesendet.`,
  attempts: (count) => many(count, 'Versuch', 'Versuche'),
  next: 'nächster:',
  body: 'Was der Betreiber bekommt',
  registered: 'Eingetragene Betreiber',
  noOperators:
    'Kein Betreiber ist eingetragen. Bestellungen ohne Client-Zertifikat funktionieren auf diesem Listener.',
  noCallbackUrl: 'erhält keine Meldungen',
  certificates: (count) => many(count, 'Client-Zertifikat', 'Client-Zertifikate'),
};
