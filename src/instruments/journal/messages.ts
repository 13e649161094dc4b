import type { Type } from '../../wire/asn1/index.js';
import {
  AuthenticateServerResponse,
  BoundProfilePackage,
  CancelSessionResponse,
  Certificate,
  EuiccInfo1,
  PendingNotification,
  PrepareDownloadResponse,
  ServerSigned1,
  Signature,
  SmdpSigned2,
  StoreMetadataRequest,
  SubjectKeyIdentifier,
} from '../../wire/rsp/index.js';

/** Marks a base64 member that holds plain octets without tag and length. */
export const plainOctets = 'octets';

/** Types of the binary members of requests and answers (SGP.22 6.5.2). */
export const binaryMembers: Readonly<Record<string, Type<unknown> | typeof plainOctets>> = {
  euiccChallenge: plainOctets,
  euiccInfo1: EuiccInfo1,
  serverSigned1: ServerSigned1,
  serverSignature1: Signature,
  euiccCiPKIdToBeUsed: SubjectKeyIdentifier,
  serverCertificate: Certificate,
  authenticateServerResponse: AuthenticateServerResponse,
  profileMetadata: StoreMetadataRequest,
  smdpSigned2: SmdpSigned2,
  smdpSignature2: Signature,
  smdpCertificate: Certificate,
  prepareDownloadResponse: PrepareDownloadResponse,
  boundProfilePackage: BoundProfilePackage,
  cancelSessionResponse: CancelSessionResponse,
  pendingNotification: PendingNotification,
};
