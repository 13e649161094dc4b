import { many } from '../many.js';
import type { Texts } from '../en/index.js';

export const overview: Texts['overview'] = {
  title: 'Überblick',
  makeProfile: 'Profil anlegen',
  profiles: 'Profile',
  underWay: 'Geräte unterwegs',
  installed: 'Installiert, letzte 15 min',
  refused: 'Ablehnungen, letzte 15 min',
  callbacks: 'Warten auf Betreiber',
  downloads: 'Downloads',
  byState: 'Profile nach Zustand',
  refusals: 'Ablehnungen nach Statuscode',
  noRefusals: 'In den letzten 15 Minuten wurde nichts abgelehnt.',
  moreCodes: (count) => `und ${count} weitere`,
  pools: 'Pools',
  noPools: 'Es gibt keine Pools. Unter „Vorladen“ können Sie einen anlegen.',
  morePools: (count) => many(count, 'weiterer Pool', 'weitere Pools'),
  ready: 'Bereit zum Scannen',
  showProfile: 'Profil zeigen',
  nothingReady: 'Zurzeit kann kein Profil geladen werden. Legen Sie eines an, oder setzen Sie eines zurück.',
  installedLine: 'Installiert',
  failedLine: 'Fehlgeschlagen',
  chartTime: 'in den letzten 15 Minuten, in Schritten von 5 Sekunden',
  warnings: (count) => (count === 1 ? 'Ein Hinweis zu diesem Server' : `${count} Hinweise zu diesem Server`),
};
