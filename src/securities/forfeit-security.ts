import { z } from 'zod';
import { Award } from '../awards/schema.ts';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { notFound } from '../kernel/problem.ts';
import { uphold } from '../kernel/rule.ts';
import { stagedFile } from '../tenders/document.ts';
import { editionOf } from '../tenders/lot-reads.ts';
import { lockHostedLot } from '../tenders/reads.ts';
import { accountOf } from './account-reads.ts';
import { onListedGround } from './forfeiture.ts';
import { askedBy } from './lodging.ts';
import { alreadyKept, notHeld, notLodgedHere } from './problems.ts';
import { Forfeiture, LotSecurity } from './schema.ts';
import { standingFor } from './stating.ts';

export const forfeitFields = z.object({
  bidder: z.string().length(18),
  ground: z.string().max(40),
  reason: z.string().trim().min(10).max(4000),
  evidence: stagedFile,
  /** where the tenderee wants it paid */
  payeeAccount: z
    .string()
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^[0-9A-Za-z-]{6,40}$/, '请填写银行账号。 | Please give the account number.')),
  payeeBank: z.string().trim().min(2).max(200),
});

/** Keeps a bidder's security (不予退还), on a ground of the line's list, with reason and evidence. The bidder sees it at once and may object; until then nothing is paid out. */
export const forfeitSecurity = act({
  name: 'forfeit-security',
  by: ['tenderee'],
  says: { zh: '决定不予退还投标保证金', en: 'Keep a bid security' },
  takes: forfeitFields.extend({ lot: idField }),
  async run(call, { lot: id, bidder, ground, reason, evidence, payeeAccount, payeeBank }) {
    const { lot, project } = await lockHostedLot(call, id);
    const asked = askedBy(lot);
    const plan = editionOf(lot, project, call.now).security;
    if (!asked || !plan) throw notLodgedHere();
    const stated = await call.em.findOne(LotSecurity, { lot: lot.id, bidder });
    if (!lot.openedAt || !stated) throw notFound();
    const award = await call.em.findOne(Award, { lot: lot.id });
    uphold([onListedGround], { grounds: plan.forfeits, ground, won: award?.bidder === bidder });
    if ((await call.em.count(Forfeiture, { lot: lot.id, bidder, liftedAt: null })) > 0) throw alreadyKept();
    const account = await accountOf(call.em, lot.id, bidder);
    const standing = account && (await standingFor(call, account, asked, true));
    if (stated.form !== 'transfer' || !standing || standing.counted === 0n) throw notHeld();
    const amount = fen(stated.amount < standing.counted ? stated.amount : standing.counted);
    const forfeiture = newId(call.now);
    call.em.create(Forfeiture, {
      id: forfeiture,
      lot: lot.id,
      bidder,
      bidderName: stated.bidderName,
      ground,
      reason,
      amount,
      payeeName: call.by.organisationName ?? project.tenderee,
      payeeAccount,
      payeeBank,
      fileKey: evidence.key,
      fileName: evidence.name,
      sha256: evidence.sha256,
      decidedAt: call.now,
    });
    const data = { bidder, name: stated.bidderName, ground, reason, amount: yuan(amount), sha256: evidence.sha256 };
    return { result: { forfeiture }, facts: [fact('security.forfeited', { lot: lot.id, party: bidder }, data)] };
  },
});
