/** Why a text in the journal is not exactly what went over the wire. */
export type Change = 'shortened' | 'redacted';

/** As it stands on the wire, one for each line. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

/**
 * Where the time of an exchange went, in milliseconds. The parts follow one another and add up to the total, the one
 * in which it ended included. What did not happen is absent: a connection that was open already needs no DNS.
 */
export interface Timings {
  /** Until the host had an address. */
  readonly dns?: number;
  /** Until the connection stood, with a proxy the one through it. */
  readonly connect?: number;
  readonly tls?: number;
  /** From the first byte of the request to the head of the response. */
  readonly waiting?: number;
  /** From there to the last byte. */
  readonly receiving?: number;
  readonly total: number;
}

/** A request and its response as they went over the wire, without the value of the key. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** `X-Api-Key: ••••1234` */
    readonly headers: readonly Header[];
    readonly body?: string;
  };
  /** As far as it came; absent where nothing did. */
  readonly response?: {
    readonly status: number;
    readonly headers: readonly Header[];
    /** Bytes of the body that came, unpacked. */
    readonly size: number;
    /** Absent where it did not come whole. */
    readonly body?: string;
    /** False where the body is neither UTF-8 nor what its charset says: each wrong byte is U+FFFD in its text. */
    readonly isUtf8: boolean;
  };
  readonly timings: Timings;
}
