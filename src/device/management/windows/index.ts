/** A managed Windows PC, with the configuration service provider eUICCs. */
export { ErrorDetail, errorDetailName, errorDetailOf } from './error-detail.js';
export { euiccNodes, type Access, type NodeDefinition } from './nodes.js';
export { defaultWindowsSettings, triesWithoutPause, type WindowsSettings } from './settings.js';
export {
  DiscoveryState,
  ProfileState,
  type DownloadServer,
  type EnterpriseProfile,
  type PcState,
} from './state.js';
export { WindowsPc, type WindowsPcOptions } from './windows-pc.js';
