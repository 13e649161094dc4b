/** A public test server: limits, quotas, expiry, and the self-service page. */
export { EidLimit } from './eid-limit.js';
export { startExpiry } from './expiry.js';
export { limits, networkOf } from './limits.js';
export { limitRequests, publicListener } from './listener.js';
export { PublicOrders, withinQuota } from './orders.js';
export { openPublicListener, trustedProxies } from './open.js';
