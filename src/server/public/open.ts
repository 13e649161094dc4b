import type { FastifyBaseLogger } from 'fastify';
import type { ControlContext } from '../../api/index.js';
import { addressOf } from '../../base/address.js';
import { closable } from '../close-listener.js';
import type { Config } from '../config.js';
import { listen, portOf } from '../listen.js';
import type { Shutdown } from '../shutdown.js';
import { startExpiry } from './expiry.js';
import { publicListener } from './listener.js';
import { PublicOrders } from './orders.js';
/** Opens the self-service page, and starts to remove old profiles. @returns the URL of the page */
export async function openPublicListener(
  context: ControlContext,
  config: Config,
  log: FastifyBaseLogger,
  shutdown: Shutdown,
): Promise<string> {
  const { adminHost: host, adminPort: port, publicExpiry } = config;
  const { store, clock, smdp } = context;
  const age = publicExpiry * 60 * 60 * 1000;
  const orders = new PublicOrders(context, age);
  const pages = publicListener({
    orders,
    address: () => smdp.address,
    trustedProxies: trustedProxies(config),
    log,
  });
  shutdown.listener(closable(pages));
  shutdown.background(startExpiry({ store, clock, log }, age));
  await listen(pages, { host, port, settings: ['adminHost', 'adminPort'] });
  return `http://${addressOf(host, portOf(pages))}`;
}

/** The proxies whose X-Forwarded-For the server trusts. */
export const trustedProxies = ({ publicProxies }: Config): readonly string[] =>
  publicProxies?.split(',').map((one) => one.trim()) ?? [];
