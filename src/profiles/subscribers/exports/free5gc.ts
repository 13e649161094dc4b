import type { NetworkSubscriber } from '../network.js';
import type { ExportOptions } from './options.js';

const slice = { sst: 1, sd: '010203' };
const plain = { encryptionAlgorithm: 0, encryptionKey: 0 };

/** A subscriber in the form that free5GC's webconsole accepts: `POST /api/subscriber/{ueId}/{plmnID}`. */
const body = ({ imsi, mcc, mnc, k, opc, amf, sqn, msisdn }: NetworkSubscriber, { apn }: ExportOptions) => ({
  plmnID: mcc + mnc,
  ueId: `imsi-${imsi}`,
  AuthenticationSubscription: {
    authenticationMethod: '5G_AKA',
    permanentKey: { ...plain, permanentKeyValue: k },
    sequenceNumber: sqn,
    authenticationManagementField: amf,
    milenage: { op: { ...plain, opValue: '' } },
    opc: { ...plain, opcValue: opc },
  },
  AccessAndMobilitySubscriptionData: {
    gpsis: msisdn === '' ? [] : [`msisdn-${msisdn}`],
    nssai: { defaultSingleNssais: [slice], singleNssais: [] },
    subscribedUeAmbr: { uplink: '1 Gbps', downlink: '1 Gbps' },
  },
  SessionManagementSubscriptionData: [
    {
      singleNssai: slice,
      dnnConfigurations: {
        [apn]: {
          pduSessionTypes: { defaultSessionType: 'IPV4', allowedSessionTypes: ['IPV4'] },
          sscModes: { defaultSscMode: 'SSC_MODE_1', allowedSscModes: ['SSC_MODE_2', 'SSC_MODE_3'] },
          '5gQosProfile': { '5qi': 9, arp: { priorityLevel: 8 }, priorityLevel: 8 },
          sessionAmbr: { uplink: '1 Gbps', downlink: '1 Gbps' },
        },
      },
    },
  ],
  SmfSelectionSubscriptionData: {
    subscribedSnssaiInfos: { '01010203': { dnnInfos: [{ dnn: apn }] } },
  },
  AmPolicyData: { subscCats: ['free5gc'] },
  SmPolicyData: {
    smPolicySnssaiData: {
      '01010203': { snssai: slice, smPolicyDnnData: { [apn]: { dnn: apn } } },
    },
  },
  FlowRules: [],
});

/** A JSON array of subscribers for free5GC's webconsole. */
export const free5gc = (subscribers: readonly NetworkSubscriber[], options: ExportOptions): string =>
  `${JSON.stringify(
    subscribers.map((one) => body(one, options)),
    undefined,
    2,
  )}\n`;
