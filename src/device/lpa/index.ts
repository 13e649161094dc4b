/** The LPA, which downloads profiles from servers for a virtual eUICC. */
export { discover } from './discover.js';
export type { DiscoverOptions, DiscoveryResult } from './discover-options.js';
export { download } from './download.js';
export type {
  ConfirmationCodeAnswer,
  DownloadOptions,
  DownloadResult,
  InstalledProfile,
  OfferedProfile,
  StepEvent,
  StoppingPoint,
} from './download-options.js';
export type { DeviceIdentity } from './device-info.js';
export * from './errors.js';
export {
  Es9PlusClient,
  type Es9PlusEdits,
  type Es9PlusInput,
  type Es9PlusOptions,
  type Es9PlusRequest,
} from './es9plus-client.js';
export type { Es9PlusAnswer, Es9PlusFunction, EventAnswer, EventEntry } from './es9plus-answers.js';
export { segmentBoundProfilePackage, type SegmentedPackage } from './segmentation.js';
export { sendNotifications, type NotificationDelivery } from './send-notifications.js';
export { Transport, type HttpAnswer, type Link, type TransportOptions } from './transport.js';
