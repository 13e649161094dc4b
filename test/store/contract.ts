import { describe } from 'vitest';
import type { Store } from '../../src/store/index.js';
import { batchSuite } from './contract/batches.js';
import { callbackSuite } from './contract/callbacks.js';
import { commitSuite } from './contract/commits.js';
import { eventRecordSuite } from './contract/event-records.js';
import { imsiClaimSuite } from './contract/imsi-claims.js';
import { registrationSuite } from './contract/registrations.js';
import { listSuite } from './contract/lists.js';
import { modelSuite } from './contract/model.js';
import { namespaceSuite } from './contract/namespaces.js';
import { orderingSuite } from './contract/ordering.js';
import { poolSuite } from './contract/pools.js';
import { putBackSuite } from './contract/reset-and-snapshots.js';
import { profileSuite } from './contract/profiles.js';
import { profileTypeSuite } from './contract/profile-types.js';
import { sessionSuite } from './contract/sessions.js';
import { sharedStateSuite } from './contract/shared-state.js';
import { underWaySuite } from './contract/under-way.js';
import { webhookSuite } from './contract/webhooks.js';

/** Opens a new, empty store; closing it is the suite's task. */
export type OpenStore = () => Promise<Store>;

/** What every engine has to do. `open` is called once per test. */
export function describeStore(name: string, open: OpenStore): void {
  describe(`the store on ${name}`, () => {
    profileSuite(open);
    listSuite(open);
    profileTypeSuite(open);
    orderingSuite(open);
    callbackSuite(open);
    eventRecordSuite(open);
    registrationSuite(open);
    webhookSuite(open);
    sessionSuite(open);
    underWaySuite(open);
    commitSuite(open);
    batchSuite(open);
    imsiClaimSuite(open);
    poolSuite(open);
    namespaceSuite(open);
    putBackSuite(open);
    sharedStateSuite(open);
    modelSuite(open);
  });
}
