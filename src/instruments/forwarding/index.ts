/** Passes requests of devices on to other SM-DP+s. */
export { Forwarder, type ForwarderOptions } from './forwarder.js';
export { ForwardRoutes, type ForwardRoute, type ForwardRule } from './route.js';
