import type { BoundProfilePackageParts } from '../es8plus/index.js';
import type { ServerSigned1, SmdpSigned2 } from '../rsp/index.js';

/** What is known of a request, more with every step of its function. */
export interface Facts {
  /** Upper-case hex. */
  readonly transactionId?: string | undefined;
  /** 32 digits, as the eUICC has proved them. */
  readonly eid?: string | undefined;
  /** As asked for: absent and empty both mean look-up by EID. */
  readonly matchingId?: string | undefined;
  readonly iccid?: string | undefined;
  readonly profileId?: number | undefined;
  /** Eight digits. */
  readonly tac?: string | undefined;
}

/** A check that was made, in the order in which they were made. */
export interface Check {
  /** Where the specification asks for it: `5.6.3 (2)`. */
  readonly clause: string;
  readonly what: string;
}

/** Places at which an answer can be changed on purpose before it is signed, encoded or sent. */
export interface EditPoints {
  serverSigned1: ServerSigned1;
  /** 64 octets. */
  serverSignature1: Buffer;
  /** DER. */
  serverCertificate: Buffer;
  smdpSigned2: SmdpSigned2;
  /** 64 octets. */
  smdpSignature2: Buffer;
  /** DER. */
  smdpCertificate: Buffer;
  /** The BF25 TLV that authenticateClient answers and that the BPP repeats. */
  profileMetadata: Buffer;
  /** The UPP. */
  profilePackage: Buffer;
  boundProfilePackage: BoundProfilePackageParts;
}

/** Something that steps in on purpose: faults. */
export interface Interceptor {
  /** More is known of the exchange; may raise a Refusal. */
  learned?(exchange: Exchange): void;
  edit?<P extends keyof EditPoints>(exchange: Exchange, point: P, value: EditPoints[P]): EditPoints[P];
}

/** One request on its way through a function: what is learned of it, which checks it has passed, who may step in. */
export class Exchange {
  #facts: Facts = {};
  readonly checks: Check[] = [];

  constructor(
    /** `ES9+`, `ES2+` … */
    readonly interfaceName: string,
    /** As SGP.22 spells it: `authenticateClient`. */
    readonly functionName: string,
    private readonly interceptor?: Interceptor,
  ) {}

  get facts(): Facts {
    return this.#facts;
  }

  /** @throws Refusal where a fault is to be provoked */
  learn(facts: Facts): void {
    this.#facts = { ...this.#facts, ...facts };
    this.interceptor?.learned?.(this);
  }

  /** Notes that a check held; one that does not hold raises a Refusal instead. */
  passed(clause: string, what: string): void {
    this.checks.push({ clause, what });
  }

  /** `value`, or what a fault puts in its place. */
  edit<P extends keyof EditPoints>(point: P, value: EditPoints[P]): EditPoints[P] {
    return this.interceptor?.edit ? this.interceptor.edit(this, point, value) : value;
  }
}
