// Records the conversations of test/vectors/golden-sessions.json again. Run it after you have changed answers on purpose.
import { writeFileSync } from 'node:fs';
import { startMockSmdp } from '../dist/index.js';

const smdpAddress = 'smdp.example.com';
const dsAddress = 'smds.example.com';

/** Ignores an error, because failed downloads are part of the record. */
const attempt = (doing) => doing.catch(() => undefined);

/** The conversations run one after the other, each with its own device. */
const conversations = [
  async function installed(smdp, device) {
    const { matchingId, iccid } = await smdp.profiles.create();
    await device.download({ smdpAddress, matchingId });
    device.enable(iccid);
    device.disable(iccid);
    device.delete(iccid);
    await device.sendNotifications();
    await attempt(device.download({ smdpAddress, matchingId }));
  },
  async function confirmationCode(smdp, device) {
    const { matchingId } = await smdp.profiles.create({ confirmationCode: '4711' });
    for (const confirmationCode of [undefined, '0815', '4711'])
      await attempt(device.download({ smdpAddress, matchingId, confirmationCode }));
  },
  async function retried(smdp, device) {
    const { matchingId } = await smdp.profiles.create({ downloadAttempts: 3 });
    for (const stopAfter of ['authenticateClient', 'getBoundProfilePackage', undefined])
      await attempt(device.download({ smdpAddress, matchingId, stopAfter }));
  },
  async function cancelled(smdp, device) {
    const { matchingId } = await smdp.profiles.create();
    for (const cancel of ['postponed', 'endUserRejection'])
      await attempt(device.download({ smdpAddress, matchingId, cancel }));
  },
  async function notFound(smdp, device) {
    await attempt(device.download({ smdpAddress, matchingId: 'UNKNOWN' }));
    await attempt(device.download({ smdpAddress }));
    await attempt(device.download({ smdpAddress: 'elsewhere.example.com' }));
  },
  async function byEid(smdp, device) {
    for (let count = 0; count < 2; count++) await smdp.profiles.create({ eid: device.eid, matchingId: '' });
    await attempt(device.download({ smdpAddress }));
  },
  async function replacedKeys(smdp, device) {
    await smdp.profileTypes.put('replaced-keys', { protection: 'random' });
    const { matchingId } = await smdp.profiles.create({ profileType: 'replaced-keys' });
    await attempt(device.download({ smdpAddress, matchingId }));
  },
  async function misbehaviour(smdp, device) {
    for (const matchingId of ['ERR-8-8-5-4-10', 'SIG-AC', 'CERT-EXPIRED', 'LOST-GBPP', 'BPP-MAC-3'])
      await attempt(device.download({ smdpAddress, matchingId }));
    const { matchingId } = await smdp.profiles.create();
    await smdp.faults.add({ edit: { 'serverSigned1.serverAddress': 'elsewhere.example.com' }, times: 1 });
    await attempt(device.download({ smdpAddress, matchingId }));
  },
  async function events(smdp, device) {
    await smdp.profiles.create({ eid: device.eid, smdsAddress: dsAddress });
    // Waits until the server has registered the event, which it does in the background.
    while ((await smdp.call('GET', '/sm-ds/events', { query: { eid: device.eid } })).items.length === 0);
    await attempt(device.discover({ smdsAddresses: [dsAddress] }));
  },
];

const smdp = await startMockSmdp({ address: smdpAddress, dsAddress });
for (const conversation of conversations) {
  const device = smdp.device({ server: { connect: new URL(smdp.deviceUrl).host } });
  await conversation(smdp, device);
}
const file = await smdp.call('GET', '/exchanges/export', { query: { secrets: true } });
await smdp.close();
// The decoded form is left out, because it can be computed from the body.
for (const { request, answer } of file.exchanges) {
  delete request.decoded;
  delete answer.decoded;
}
writeFileSync(new URL('../test/vectors/golden-sessions.json', import.meta.url), `${JSON.stringify(file)}\n`);
process.stdout.write(`${file.exchanges.length} exchanges\n`);
