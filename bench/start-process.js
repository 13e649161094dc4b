// Measures one kind of server in a separate process: the first start, which includes loading the modules, further starts, and a reset.
// start-process.js mock-smdp|bare
const kinds = {
  async 'mock-smdp'() {
    const { startMockSmdp } = await import('../dist/bundle/index.js');
    return async () => {
      const smdp = await startMockSmdp();
      const { profiles, reset, close } = smdp;
      return { create: () => profiles.create(), reset, close };
    };
  },
  async bare() {
    return (await import('./bare-server.js')).startBareServer;
  },
};

const milliseconds = async (action) => {
  const before = performance.now();
  await action();
  return performance.now() - before;
};

let start;
let server;
const cold = await milliseconds(async () => {
  start = await kinds[process.argv[2]]();
  server = await start();
});

const warm = [];
for (let count = 0; count < 20; count++) {
  let other;
  warm.push(await milliseconds(async () => (other = await start())));
  await other.close();
}

const reset = [];
for (let count = 0; count < 50; count++) {
  for (let profile = 0; profile < 5; profile++) await server.create();
  reset.push(await milliseconds(server.reset));
}
await server.close();
process.send({ cold, warm, reset });
