/** Core networks for which subscribers can be exported. */
export const networks = ['open5gs', 'open5gs-dbctl', 'srsran', 'free5gc', 'hlr'] as const;
export type Network = (typeof networks)[number];

export interface ExportOptions {
  /** Access point name (APN), or data network name (DNN) in 5G. */
  readonly apn: string;
  /** Encrypts K and OPc in the file for an HLR: 16 or 32 octets. */
  readonly transportKey?: Buffer | undefined;
}
