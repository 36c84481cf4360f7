import { base64, base64url, canonicalBytes } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Council } from '../sealing/council.ts';
import { sha256 } from '../sealing/digest.ts';
import { longestHeader, readEnvelopeHeader, sealSheetStream } from '../sealing/envelope.ts';
import { sheetContext } from '../sealing/sheet-opening.ts';
import { signDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import {
  flawIn,
  type MemberSheet,
  packSheet,
  type SheetAsks,
  type SheetFlaw,
  sheetBytes,
  sheetFormat,
  sheetSubmission,
} from './member-sheet.ts';

/** What is handed in: the envelope, and the signature over what it is. */
export interface SealedHandIn {
  readonly sealed: Uint8Array;
  readonly at: Instant;
  /** base64 of the detached CMS over `sheetSubmission` */
  readonly signature: string;
}

/**
 * Signs a member's sheet, seals it to the council and signs what is handed in. The same in the member's browser and in a program. Answers what keeps the
 * sheet from being whole instead; `too-long` where the reasons together are longer than the fixed length has room for.
 */
export async function sealedSheet(
  bids: MemberSheet['bids'],
  given: {
    readonly asks: SheetAsks;
    readonly council: Council;
    /** the member's own age recipient: it can reread its sheet at any time */
    readonly ownRecipient: string;
    readonly signer: Signer;
    readonly at: Instant;
  },
): Promise<SealedHandIn | SheetFlaw | 'too-long'> {
  const { asks, council, ownRecipient, signer, at } = given;
  const { lot, part, member, version } = asks;
  const sheet: MemberSheet = { format: sheetFormat, lot, part, member, version, bids, at };
  const flaw = flawIn(sheet, asks);
  if (flaw) return flaw;
  const signature = base64(await signDetached(canonicalBytes(sheet), signer, at));
  const packed = packSheet(sheet, signature, sheetBytes(asks));
  if (packed === undefined) return 'too-long';
  const stream = await sealSheetStream(new Blob([Uint8Array.from(packed)]).stream(), {
    council,
    context: sheetContext(asks, asks),
    ownRecipient,
  });
  const sealed = new Uint8Array(await new Response(stream as BodyInit).arrayBuffer());
  const head = await readEnvelopeHeader(sealed.subarray(0, longestHeader), 'sheet');
  if (!head.ok) throw head.problem;
  const { ephemeral } = head.header;
  const statement = sheetSubmission({ lot, part, member, version, sha256: base64url(sha256(sealed)), ephemeral, at });
  return { sealed, at, signature: base64(await signDetached(canonicalBytes(statement), signer, at)) };
}
