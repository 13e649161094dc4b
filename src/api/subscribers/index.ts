/** Subscribers: profiles that have their own IMSI and keys. */
export {
  SubscriberExportRequest,
  SubscriberImportQuery,
  SubscriberQuery,
  SubscriberRequest,
} from './requests.js';
export { MadeSubscribers, SubscriberList, subscribers, WrittenSubscribers } from './routes.js';
export { SubscriberView } from './view.js';
