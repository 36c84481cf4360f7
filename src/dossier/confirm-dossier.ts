import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act, type Fact } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { uphold } from '../kernel/rule.ts';
import { dayOf } from '../kernel/working-days.ts';
import { signedNear } from '../openings/hall-statement.ts';
import { signatureFault } from '../openings/order-signature.ts';
import { type Confirmation, readReference } from './entry.ts';
import { confirmationRefused, entryConfirmed, entryMoved } from './problems.ts';
import { stillValid } from './validity.ts';
import { newestVersion, ownEntry, ownOrganisation, writtenOf } from './writing.ts';

export const confirmationFields = z.object({
  entries: z.preprocess(
    (given) => (typeof given === 'string' ? [given] : (given ?? [])),
    z
      .array(z.string().regex(/^[0-9a-f-]{36}:\d{1,6}:[\w-]{43}$/))
      .min(1, '请勾选要确认的档案。 | Tick what you confirm.')
      .max(500),
  ),
  at: z.string().max(40),
  /** base64 of the detached CMS over the confirmation */
  signature: z.base64().min(1, '请用证书签名。 | Sign with a certificate.').max(30_000),
});

/** An organisation vouches, with its certificate, for what these versions say. All of them or none. */
export const confirmDossier = act({
  name: 'confirm-dossier',
  by: ['bidder'],
  says: { zh: '签名确认档案真实', en: 'Confirm entries of the dossier as true' },
  takes: confirmationFields,
  async run(call, { entries, at, signature }) {
    const organisation = ownOrganisation(call);
    const shown: Fact[] = [];
    const named = [...new Set(entries)].map(readReference);
    // locked in one order, so that two confirmations of the same entries wait for each other and never in a ring
    for (const { entry: id, sha256 } of [...named].sort((a, b) => (a.entry < b.entry ? -1 : 1))) {
      const entry = await ownEntry(call, id);
      const version = await newestVersion(call, entry);
      if (version.sha256 !== sha256) throw entryMoved();
      if (version.confirmedAt) throw entryConfirmed();
      uphold([stillValid], { title: version.title, validUntil: version.validUntil ?? null, today: dayOf(call.now) });
      version.confirmedAt = call.now;
      // what everyone is shown from here on is this version: they are told its digest
      if (entry.publishedAt) shown.push(fact('dossier.published', { party: organisation }, writtenOf(entry, version)));
    }
    if (!signedNear(at, call.now)) throw confirmationRefused();
    const statement: Confirmation = { format: 'yangguang/dossier-confirmation/v1', organisation, entries: named, at };
    const fault = await signatureFault(call, canonicalBytes(statement), signature);
    if (fault) throw confirmationRefused({ says: fault });
    return {
      result: { confirmed: named.length },
      facts: [fact('dossier.confirmed', { party: organisation }, { statement: { ...statement }, signature }), ...shown],
    };
  },
});
