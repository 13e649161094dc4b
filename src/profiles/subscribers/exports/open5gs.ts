import type { NetworkSubscriber } from '../network.js';
import type { ExportOptions } from './options.js';

/** Numbers of Open5GS: unit 0 is bit/s, session type 3 is IPv4v6. */
const rate = { downlink: { value: 1_000_000_000, unit: 0 }, uplink: { value: 1_000_000_000, unit: 0 } };
const IPV4V6 = 3;

/** A document of the collection `subscribers`, in the form that open5gs-dbctl 0.10 and the WebUI write. */
export const open5gsDocument = (
  { imsi, k, opc, amf, sqn, msisdn }: NetworkSubscriber,
  { apn }: ExportOptions,
) => ({
  schema_version: 1,
  imsi,
  msisdn: msisdn === '' ? [] : [msisdn],
  imeisv: [],
  mme_host: [],
  mm_realm: [],
  purge_flag: [],
  slice: [
    {
      sst: 1,
      default_indicator: true,
      session: [
        {
          name: apn,
          type: IPV4V6,
          qos: {
            index: 9,
            arp: { priority_level: 8, pre_emption_capability: 1, pre_emption_vulnerability: 2 },
          },
          ambr: rate,
          pcc_rule: [],
        },
      ],
    },
  ],
  security: { k, op: null, opc, amf, sqn: { $numberLong: String(BigInt(`0x${sqn}`)) } },
  ambr: rate,
  access_restriction_data: 32,
  network_access_mode: 0,
  subscriber_status: 0,
  subscribed_rau_tau_timer: 12,
  __v: 0,
});

/** Documents for `mongoimport --db open5gs --collection subscribers`, one on each line. */
export const open5gs = (subscribers: readonly NetworkSubscriber[], options: ExportOptions): string =>
  subscribers.map((one) => `${JSON.stringify(open5gsDocument(one, options))}\n`).join('');

/** Commands for a shell. They set neither AMF nor sequence number nor telephone number. */
export const open5gsDbctl = (subscribers: readonly NetworkSubscriber[], { apn }: ExportOptions): string =>
  subscribers
    .map(({ imsi, k, opc }) =>
      apn === 'internet'
        ? `open5gs-dbctl add ${imsi} ${k} ${opc}\n`
        : `open5gs-dbctl add_ue_with_apn ${imsi} ${k} ${opc} ${apn}\n`,
    )
    .join('');
