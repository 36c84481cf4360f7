import type { CouncilHead } from '../sealing/layer.ts';
import type { Part } from '../sealing/shapes.ts';
import type { SubmissionStatement } from '../sealing/statement.ts';
import { askStore, openDatabase } from './database.ts';

/**
 * What the bid desk keeps in this browser and nowhere else: the draft, the chosen attachments, the age identity, and the sealed bid on its way.
 * Everything is kept under the organisation's code, so that two organisations at one machine do not meet each other's drafts.
 */
export interface Draft {
  /** typed values by input name */
  readonly values: Readonly<Record<string, string>>;
  /** cells of uploaded sheets by field key */
  readonly sheets: Readonly<Record<string, { readonly name: string; readonly cells: readonly (readonly string[])[] }>>;
  /** what was taken from the dossier */
  readonly taken?: readonly Taken[];
}

/** Something of the dossier that was put into a field, with what it put there: it counts only while that still stands there. */
export interface Taken {
  readonly field: string;
  readonly entry: string;
  readonly version: number;
  readonly sha256: string;
  /** by input name */
  readonly values: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly bytes: number } | null;
}

/** Attachments by field key. */
export type Attachments = Readonly<Record<string, readonly File[]>>;

export interface OwnIdentity {
  /** AGE-SECRET-KEY-1… */
  readonly identity: string;
  /** age1… */
  readonly recipient: string;
}

/** One envelope of a sealed bid, on its way to the platform. */
export interface SealedEnvelope {
  readonly part: Part;
  /** name of the file in the origin's private file system, or the file itself where there is none */
  readonly file: string | Blob;
  readonly uploadUrl: string | null;
  readonly uploaded: boolean;
}

/** Has every byte of every envelope arrived? */
export const isUploaded = ({ envelopes }: SealedBid): boolean => envelopes.every((each) => each.uploaded);
/** Has every envelope's upload begun? From then on the bid may be committed. */
export const hasBegun = ({ envelopes }: SealedBid): boolean => envelopes.every((each) => each.uploadUrl !== null);
/** The bid with one envelope's progress noted. */
export const withEnvelope = (sealed: SealedBid, part: Part, change: Partial<SealedEnvelope>): SealedBid => ({
  ...sealed,
  envelopes: sealed.envelopes.map((each) => (each.part === part ? { ...each, ...change } : each)),
});

/** A sealed bid between sealing and the verified receipt. */
export interface SealedBid {
  /** in the order of the statement's parts */
  readonly envelopes: readonly SealedEnvelope[];
  readonly statement: SubmissionStatement;
  /** base64 of the detached CMS */
  readonly signature: string;
  /** the council stanza of the envelope under the bidder's own layer (policy `bidder+council`) */
  readonly head?: CouncilHead | null;
  /** yuan, for showing on this machine */
  readonly price: string;
  /** what the draft looked like when it was sealed */
  readonly draftMark: string;
  /** journal event of the submission, once the platform has answered */
  readonly event: string | null;
}

const stores = ['drafts', 'attachments', 'identities', 'sealed'] as const;
type Store = (typeof stores)[number];

const open = (): Promise<IDBDatabase> =>
  openDatabase('yangguang-bids', (database) => {
    for (const store of stores) database.createObjectStore(store);
  });

/** One drawer of the store under one key. */
export interface Drawer<Value> {
  read(): Promise<Value | undefined>;
  put(value: Value): Promise<void>;
  clear(): Promise<void>;
}

const drawer = <Value>(store: Store, key: string): Drawer<Value> => ({
  read: () => askStore(open, store, 'readonly', (place) => place.get(key) as IDBRequest<Value | undefined>),
  put: async (value) => {
    await askStore(open, store, 'readwrite', (place) => place.put(value, key));
  },
  clear: async () => {
    await askStore(open, store, 'readwrite', (place) => place.delete(key));
  },
});

export interface BidStore {
  readonly draft: Drawer<Draft>;
  readonly attachments: Drawer<Attachments>;
  readonly identity: Drawer<OwnIdentity>;
  readonly sealed: Drawer<SealedBid>;
}

/** The drawers of one organisation for one lot; the identity is the organisation's for all lots. */
export const bidStore = (holder: string, lot: string): BidStore => ({
  draft: drawer('drafts', `${holder}/${lot}`),
  attachments: drawer('attachments', `${holder}/${lot}`),
  identity: drawer('identities', holder),
  sealed: drawer('sealed', `${holder}/${lot}`),
});
