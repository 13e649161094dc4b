// A server in a process of its own, that tells how much CPU it has used and what bare cryptography costs in it.
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
