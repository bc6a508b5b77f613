/** A request of a text, to be found again in what becomes of that text. */
export interface AnchoredRequest {
  /** Place in the batch at that time. */
  readonly index: number;
  /** What tells it from the others of a batch, should it have moved. */
  readonly identity: string;
  /** The requests of that time. */
  readonly among: Identities;
}

/** Requests by what tells them apart. */
export interface Identities {
  readonly count: number;
  readonly requests: ReadonlyMap<string, readonly number[]>;
}

/** What tells a request from all others of its text; `undefined` where nothing does. */
export function ownIdentity({ identity, among }: AnchoredRequest): string | undefined {
  return among.requests.get(identity)?.length === 1 ? identity : undefined;
}
