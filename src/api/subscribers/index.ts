/** Subscribers: profiles with IMSI and keys of their own. */
export {
  SubscriberExportRequest,
  SubscriberImportQuery,
  SubscriberQuery,
  SubscriberRequest,
} from './requests.js';
export { MadeSubscribers, SubscriberList, subscribers, WrittenSubscribers } from './routes.js';
export { SubscriberView } from './view.js';
