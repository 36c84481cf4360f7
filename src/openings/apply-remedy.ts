import { z } from 'zod';
import { uploadIncomplete } from '../bids/problems.ts';
import { Upload } from '../bids/schema.ts';
import type { Head } from '../bids/sealed-bid.ts';
import { checkSignature } from '../bids/submit-bid.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { canonical, canonicalBytes } from '../kernel/bytes.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { type Rule, rule, uphold } from '../kernel/rule.ts';
import { cite, electronicOrder } from '../rulebook/law.ts';
import type { Part } from '../sealing/shapes.ts';
import { currentPart } from '../tenders/envelopes.ts';
import { allow } from '../tenders/phases.ts';
import { sealedCopy } from '../tenders/remedy.ts';
import { Lot } from '../tenders/schema.ts';
import { signedFields } from './attend-opening.ts';
import { copyDiffers, copyNotAwaited, copyStillCovered, copyTooLate, notOnTheList } from './problems.ts';
import { copyKindOf, type RemedyStatement } from './remedy.ts';
import { copyAwaited, signedDigests } from './remedy-state.ts';
import { OpeningItem } from './schema.ts';
import { notSuspended } from './suspension.ts';

/** By the database's clock, in the transaction that records it; at the end of the limit itself it is too late. */
export const withinCopyLimit: Rule<{ readonly now: string; readonly until: string }> = rule({
  id: 'OPEN-COPY',
  acts: ['apply-remedy'],
  figures: ['op.remedy.limit'],
  certainty: 'M',
  source: cite(electronicOrder, '31'),
  says: {
    zh: '投标人按补救方案提交的密封副本，应与截止前签名的摘要一致，并在时限内提交，逾期不再接受。',
    en: 'A sealed copy that a bidder hands in under the remedy of the notice is the one signed for before the deadline, within the limit; later it is refused.',
  },
  problem: copyTooLate,
  refuses: ({ now, until }) => now >= until,
});

/**
 * A bidder hands in its own copy of its sealed bytes, as the notice provides. The digest that it signed before the deadline says which bytes these are: others are
 * refused and change nothing. Under `bidder+council` the envelope under its own layer may stand for the layer's key, which the bidder has lost.
 */
export const applyRemedy = act({
  name: 'apply-remedy',
  by: ['bidder'],
  says: { zh: '按补救方案提交密封副本', en: 'Hand in the own sealed copy' },
  takes: signedFields.extend({ lot: idField, upload: z.string().max(64) }),
  async run(call, { lot: id, upload: uploadId, at, signature }) {
    const lot = await lock(call, Lot, id as Id);
    allow('apply-remedy', lot.phase);
    await notSuspended(call, lot.id);
    const part = currentPart(lot);
    const item = await call.em.findOne(OpeningItem, { lot: lot.id, part, bidder: call.by.code ?? '' });
    if (!item) throw notOnTheList();
    const awaited = await copyAwaited(call.em, lot, item);
    if (!awaited) throw copyNotAwaited();
    uphold([withinCopyLimit], { now: call.now, until: awaited.until });
    const upload = await call.em.findOne(Upload, { id: uploadId, party: item.bidder, lot: lot.id, part });
    if (!upload?.sha256 || !upload.fileKey) throw uploadIncomplete();
    const { envelope, ...digests } = await signedDigests(call.em, item);
    const kind = copyKindOf(digests, upload.sha256);
    if (kind === undefined) throw copyDiffers();
    if (awaited.because === 'layer' && kind === 'sealed') throw copyStillCovered();
    // whoever signed for the digest of an envelope with another stanza than it showed finds it out here, in time, and not when the council has answered
    if (kind === 'inner' && !bearsStanza(upload.seal as Head | null, envelope)) throw copyDiffers();
    const { submission, bidder, bidderName: name } = item;
    const { sha256 } = upload;
    const statement: RemedyStatement = {
      format: 'yangguang/remedy/v1',
      lot: lot.id,
      part: part as Part,
      submission,
      bidder,
      plan: sealedCopy,
      kind,
      sha256,
      at,
    };
    await checkSignature(call, bidder, canonicalBytes(statement), signature);
    item.copyKey = upload.fileKey;
    item.copyKind = kind;
    item.copyAt = call.now;
    if (awaited.because === 'layer') item.layerRemovedAt = call.now;
    // the file is the opening's now: the sweeper of uploads has nothing to find
    call.em.remove(upload);
    const applied = { submission, bidder, name, part, plan: sealedCopy, kind, sha256, statement, signature };
    return { result: { submission, kind, appliedAt: call.now }, facts: [fact('remedy.applied', { lot: lot.id }, applied)] };
  },
});

const bearsStanza = (head: Head | null, { ephemeral, proof, wrappedKey }: Omit<Head, 'council'>): boolean =>
  canonical([head?.ephemeral ?? '', head?.proof ?? '', head?.wrappedKey ?? '']) === canonical([ephemeral, proof, wrappedKey]);
