import { startMockSmdp } from '../../../src/index.js';

const { operatorUrl } = await startMockSmdp();
process.stdout.write(`${operatorUrl}\n`);
