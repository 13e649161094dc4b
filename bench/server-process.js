// Runs a server in a separate process, which reports its CPU time, and measures bare cryptography in the same process.
import { createLog, resolveConfig, startServer } from '../dist/server/index.js';
import { bareDownload } from './bare-cryptography.js';

const { config } = resolveConfig(process.env);
const server = await startServer(config, createLog('warn'));

process.on('message', async ({ ask, count }) => {
  if (ask === 'cpu')
    process.send({
      cpu: process.cpuUsage(),
      rss: process.memoryUsage().rss,
      peak: process.resourceUsage().maxRSS * 1024,
    });
  if (ask === 'bare') process.send({ milliseconds: bareDownload(count) });
  if (ask === 'stop') {
    await server.close();
    process.disconnect();
  }
});
process.send({ ready: true, address: server.address, operatorUrl: server.operatorUrl });
