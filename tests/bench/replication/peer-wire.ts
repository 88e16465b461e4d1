/** A document as the peers replicate it. */
export type PeerDocument = { readonly id: string } & Readonly<Record<string, unknown>>;

/** One answer to RxDB's pull: `after` is where the next one begins. */
export type PulledPage = { readonly documents: readonly PeerDocument[]; readonly after: number };

/** One row of RxDB's push. */
export type PushedRow = {
  readonly newDocumentState: PeerDocument;
  readonly assumedMasterState?: PeerDocument;
};
