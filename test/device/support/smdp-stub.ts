import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { decode, encode, received, tlv } from '../../../src/wire/asn1/index.js';
import {
  AuthenticateServerResponse,
  PrepareDownloadResponse,
  ServerSigned1,
  SmdpSigned2,
} from '../../../src/wire/rsp/index.js';
import { bind } from './binding.js';
import { metadataFor, minimalProfile } from './profiles.js';
import { plainSignature, type TestWorld } from './test-server.js';

type Json = Record<string, unknown>;

/** One request that the stub got. */
export interface StubRequest {
  readonly name: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Json;
}

/** An answer as it goes over the wire. */
export interface StubAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface StubOptions {
  /** Changes the JSON of an answer. */
  readonly answer?: (name: string, members: Json) => Json;
  /** Changes an answer as a whole. */
  readonly http?: (name: string, answer: StubAnswer) => StubAnswer;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** In serverSigned1, in the place of the address that was asked for. */
  readonly serverAddress?: string;
  readonly confirmationCodeRequired?: boolean;
  readonly offeredMetadata?: Buffer;
  readonly bindMetadata?: Buffer;
  readonly profilePackage?: Buffer;
  /** Plaintext octets in one segment of the package. */
  readonly segmentSize?: number;
  readonly boundProfilePackage?: (honest: Buffer) => Buffer;
}

const base64 = (octets: Buffer): string => octets.toString('base64');
const success = { header: { functionExecutionStatus: { status: 'Executed-Success' } } };

/** The answer that refuses with a status code. */
export const failed = (subjectCode: string, reasonCode: string): Json => ({
  header: {
    functionExecutionStatus: { status: 'Failed', statusCodeData: { subjectCode, reasonCode, message: 'no' } },
  },
});

/** A scripted SM-DP+ that answers every device alike and checks nothing. */
export class SmdpStub {
  readonly requests: StubRequest[] = [];
  readonly #server: Server;
  #transactionId: Buffer = Buffer.alloc(16);
  #euiccSignature1: Buffer = Buffer.alloc(0);

  private constructor(
    private readonly world: TestWorld,
    private readonly options: StubOptions,
  ) {
    const listener: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const name = request.url!.split('/').at(-1)!;
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Json;
        this.requests.push({ name, headers: request.headers, body });
        const answer = this.#answer(name, body);
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    };
    this.#server = options.tls ? createHttpsServer(options.tls, listener) : createHttpServer(listener);
  }

  static async start(world: TestWorld, options: StubOptions = {}): Promise<SmdpStub> {
    const stub = new SmdpStub(world, options);
    await new Promise<void>((resolve) => stub.#server.listen(0, '127.0.0.1', resolve));
    return stub;
  }

  /** Where it listens: `127.0.0.1:port`. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Names of the functions called. */
  get calls(): string[] {
    return this.requests.map(({ name }) => name);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #answer(name: string, body: Json): StubAnswer {
    const isNotification = name === 'handleNotification';
    const members = isNotification ? {} : { ...success, ...this.#members(name, body) };
    const honest: StubAnswer = {
      status: isNotification ? 204 : 200,
      headers: {
        'X-Admin-Protocol': 'gsma/rsp/v2.5.0',
        ...(isNotification ? {} : { 'Content-Type': 'application/json' }),
      },
      body: isNotification ? '' : JSON.stringify(this.options.answer?.(name, members) ?? members),
    };
    return this.options.http?.(name, honest) ?? honest;
  }

  #members(name: string, body: Json): Json {
    switch (name) {
      case 'initiateAuthentication':
        return this.#initiateAuthentication(body);
      case 'authenticateClient':
        return this.#authenticateClient(body);
      case 'getBoundProfilePackage':
        return this.#getBoundProfilePackage(body);
      default:
        return {};
    }
  }

  #initiateAuthentication(body: Json): Json {
    const { auth, material } = this.world;
    this.#transactionId = randomBytes(16);
    const serverSigned1 = encode(ServerSigned1, {
      transactionId: this.#transactionId,
      euiccChallenge: octets(body['euiccChallenge']),
      serverAddress: this.options.serverAddress ?? (body['smdpAddress'] as string),
      serverChallenge: randomBytes(16),
    });
    return {
      transactionId: this.#transactionIdText,
      serverSigned1: base64(serverSigned1),
      serverSignature1: base64(plainSignature(auth.key, serverSigned1)),
      euiccCiPKIdToBeUsed: base64(tlv(0x04, material.credentials[0]!.ciKeyId)),
      serverCertificate: base64(auth.certificate.der),
    };
  }

  #authenticateClient(body: Json): Json {
    const response = decode(AuthenticateServerResponse, octets(body['authenticateServerResponse']));
    if (!('authenticateResponseOk' in response)) return failed('8.1', '6.1');
    this.#euiccSignature1 = received(response.authenticateResponseOk.euiccSignature1);
    const smdpSigned2 = encode(SmdpSigned2, {
      transactionId: this.#transactionId,
      ccRequiredFlag: this.options.confirmationCodeRequired ?? false,
    });
    return {
      transactionId: this.#transactionIdText,
      profileMetadata: base64(this.options.offeredMetadata ?? metadataFor()),
      smdpSigned2: base64(smdpSigned2),
      smdpSignature2: base64(plainSignature(this.world.pb.key, smdpSigned2, this.#euiccSignature1)),
      smdpCertificate: base64(this.world.pb.certificate.der),
    };
  }

  #getBoundProfilePackage(body: Json): Json {
    const response = decode(PrepareDownloadResponse, octets(body['prepareDownloadResponse']));
    if (!('downloadResponseOk' in response)) return failed('8.1', '6.1');
    const { bindMetadata, offeredMetadata, profilePackage, boundProfilePackage, segmentSize } = this.options;
    const bound = bind({
      transactionId: this.#transactionId,
      euiccOtpk: response.downloadResponseOk.euiccSigned2.euiccOtpk,
      eid: this.world.material.eid,
      bindingKey: this.world.pb.key,
      metadata: bindMetadata ?? offeredMetadata ?? metadataFor(),
      profilePackage: profilePackage ?? minimalProfile(),
      ...(segmentSize !== undefined && { segmentSize }),
    });
    return {
      transactionId: this.#transactionIdText,
      boundProfilePackage: base64(boundProfilePackage?.(bound) ?? bound),
    };
  }

  get #transactionIdText(): string {
    return this.#transactionId.toString('hex').toUpperCase();
  }
}

const octets = (text: unknown): Buffer => Buffer.from(text as string, 'base64');
