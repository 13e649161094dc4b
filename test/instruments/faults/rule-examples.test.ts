import { afterEach, expect, it } from 'vitest';
import { ruleExamples } from '../../../src/instruments/faults/rules/examples.js';
import { outcomeOf, startFaultyServer } from './support.js';

const server = await startFaultyServer();

afterEach(() => server.call('DELETE', '/faults'));

/** The outcome at the virtual device for each documented rule, in order. */
const noticed: readonly RegExp[] = [
  /^EuiccRefusal: authenticateServer: .*invalidSignature/,
  /^NonconformityError: initiateAuthentication: serverSigned1 has the address 'elsewhere\.example'/,
  /^EuiccRefusal: authenticateServer: .*euiccChallengeMismatch/,
  /^NonconformityError: initiateAuthentication: transactionId is .*, in serverSigned1 it is 0011/,
  /^EuiccRefusal: authenticateServer: .*invalidCertificate: .*valid from/,
  /^EuiccRefusal: authenticateServer: .*ciPKUnknown: serverCertificate/,
  /^EuiccRefusal: authenticateServer: .*ciPKUnknown: euiccCiPKIdToBeUsed/,
  /^NonconformityError: initiateAuthentication: 'euiccCiPKIdToBeUsed' is missing/,
  /^NonconformityError: initiateAuthentication: .*serverSigned1.* base64/,
  /^ServerRefusal: initiateAuthentication: .* 8\.8\.1 \/ 3\.8 /,
  /^HttpStatusError: initiateAuthentication: .* 503 instead of 200/,
];

it.each(
  ruleExamples.map((example, index) => [JSON.stringify(example.rule), example, noticed[index]!] as const),
)('a device notices the very fault of %s', async (_, { rule }, expected) => {
  const { body: order } = await server.call('POST', '/profiles', {});
  const matchingId = String(order['matchingId']);
  const { status, body } = await server.call('POST', '/faults', rule);
  expect(status).toBe(201);
  const download = () => outcomeOf(server.device().download({ smdpAddress: 'localhost', matchingId }));
  expect(await download()).toMatch(expected);
  expect((await server.call('GET', `/faults/${String(body['id'])}`)).body).toMatchObject({ hits: 1 });
  await server.call('DELETE', '/faults');
  expect(await download()).toBe('installed');
});
