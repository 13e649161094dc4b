import type { Texts } from '../en/index.js';
import { common } from './common.js';
import { breakIt } from './break-it.js';
import { fromServer } from './from-server.js';
import { devices } from './devices.js';
import { operators } from './operators.js';
import { preload } from './preload.js';
import { codes } from './codes.js';
import { newProfile, profiles } from './profiles.js';
import { overview } from './overview.js';
import { sessions } from './sessions.js';
import { shell } from './shell.js';
import { parts } from './parts.js';

/** The German texts, grouped by page or part of the console. */
export const de: Texts = {
  common,
  shell,
  parts,
  overview,
  profiles,
  newProfile,
  codes,
  preload,
  breakIt,
  fromServer,
  devices,
  operators,
  sessions,
};
