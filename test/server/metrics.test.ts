import { expect, it } from 'vitest';
import { createVirtualDevice, loadManufacturer, manufactureEuicc } from '../../src/device/index.js';
import { testPkiFolder } from '../support/pki-folder.js';
import { postTo, startForTest } from './support.js';

const certs = await testPkiFolder();

/** Every sample but those of durations, by name and labels. */
async function samplesOf({ operatorUrl }: { operatorUrl: string }): Promise<Map<string, number>> {
  const answer = await fetch(`${operatorUrl}/metrics`);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

const requests = (name: string, result: string): string =>
  `mock_smdp_requests_total{interface="ES9+",function="${name}",result="${result}"}`;

it('counts what devices ask for, by function and what came of it', async () => {
  const server = await startForTest({ certs });
  await server.control({ method: 'POST', path: '/profiles', body: { matchingId: 'A' } });
  const material = manufactureEuicc(loadManufacturer(certs), '89049032123451234512345678901235');
  const connect = new URL(server.deviceUrl).host;
  const device = createVirtualDevice({ material, server: { tls: false, connect } });
  const at = { smdpAddress: 'localhost' };
  await device.download({ ...at, matchingId: 'A' });
  await expect(device.download({ ...at, matchingId: 'B' })).rejects.toThrow('8.2.6');
  device.close();
  await postTo(server, 'initiateAuthentication', 'no JSON', 'text/plain');

  const samples = await samplesOf(server);
  expect(samples.get(requests('initiateAuthentication', 'success'))).toBe(2);
  expect(samples.get(requests('initiateAuthentication', 'HTTP 415'))).toBe(1);
  expect(samples.get(requests('authenticateClient', 'success'))).toBe(1);
  expect(samples.get(requests('authenticateClient', '8.2.6/3.8'))).toBe(1);
  expect(samples.get(requests('handleNotification', 'success'))).toBe(1);
  const durations =
    'mock_smdp_request_duration_seconds_count{interface="ES9+",function="authenticateClient"}';
  expect(samples.get(durations)).toBe(2);
  expect(samples.get('mock_smdp_profiles{state="Installed"}')).toBe(1);
  expect(samples.get('mock_smdp_profiles{state="Released"}')).toBe(0);
});

it('counts sessions that a device has left, until they expire', async () => {
  const server = await startForTest({ certs });
  const material = manufactureEuicc(loadManufacturer(certs), '89049032123451234512345678901334');
  const connect = new URL(server.deviceUrl).host;
  const device = createVirtualDevice({ material, server: { tls: false, connect } });
  await server.control({
    method: 'POST',
    path: '/faults',
    body: { function: 'authenticateClient', cut: 'close' },
  });
  await expect(device.download({ smdpAddress: 'localhost', matchingId: 'A' })).rejects.toThrow();
  device.close();
  const samples = await samplesOf(server);
  expect(samples.get('mock_smdp_sessions{state="initiated"}')).toBe(1);
  expect(samples.get('mock_smdp_sessions{state="authenticated"}')).toBe(0);
  expect(samples.get('mock_smdp_fault_rules')).toBe(1);
  expect(samples.get(requests('authenticateClient', 'cut'))).toBe(1);
  const provoked = 'mock_smdp_faults_provoked_total{interface="ES9+",function="authenticateClient"}';
  expect(samples.get(provoked)).toBe(1);
});

it('counts status codes that no specification knows together, however many devices ask for', async () => {
  const server = await startForTest({ certs });
  for (const refuse of ['99.1/1.1', '99.2/1.1']) {
    const body = { function: 'cancelSession', refuse, times: 1 };
    await server.control({ method: 'POST', path: '/faults', body });
    await postTo(server, 'cancelSession', '{}');
  }
  expect((await samplesOf(server)).get(requests('cancelSession', 'other'))).toBe(2);
});

it('times the calls of the control API by route, and tells of the process', async () => {
  const server = await startForTest({ certs });
  await fetch(`${server.operatorUrl}/api/v1/profiles/8900000000000000000`);
  const samples = await samplesOf(server);
  const call = 'method="GET",route="/api/v1/profiles/:iccid",status="404"';
  expect(samples.get(`mock_smdp_control_duration_seconds_count{${call}}`)).toBe(1);
  expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  expect([...samples.keys()].filter((name) => name.startsWith('mock_smdp_info'))).toHaveLength(1);
});

it('keeps the counts of two servers in one process apart', async () => {
  const [one, other] = await Promise.all([startForTest({ certs }), startForTest({ certs })]);
  await postTo(one, 'cancelSession', '{}');
  expect((await samplesOf(one)).get(requests('cancelSession', '1.3.1/2.2'))).toBe(1);
  expect((await samplesOf(other)).get(requests('cancelSession', '1.3.1/2.2'))).toBeUndefined();
});

it('shows metrics to those alone who have the bearer token, where one is demanded', async () => {
  const adminToken = 'sixteen-characters';
  const { operatorUrl } = await startForTest({ certs, adminToken });
  expect((await fetch(`${operatorUrl}/metrics`)).status).toBe(401);
  const headers = { Authorization: `Bearer ${adminToken}` };
  expect((await fetch(`${operatorUrl}/metrics`, { headers })).status).toBe(200);
});
