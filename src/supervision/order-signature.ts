import type { Call } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { type Instant, later, parseInstant } from '../kernel/clock.ts';
import { notFound, problem } from '../kernel/problem.ts';
import type { OrderStatement } from '../openings/order.ts';
import { ownAnchors } from '../parties/authority.ts';
import { regionWatched, standingCertificate } from '../parties/reads.ts';
import { regionsWithin } from '../rulebook/regions.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { type Lot, Project } from '../tenders/schema.ts';

export const orderSignature = problem(
  'order-signature-refused',
  'refused',
  '命令的签名未通过验证。',
  'The signature of the order does not verify.',
);

/** How far the moment in a statement may lie from the act: long enough to find the key file, too short for a paper from a drawer. */
const signedWithin = 15 * 60_000;

/** Only a supervisor of the lot's region; a lot elsewhere is not there for it. */
export async function watchedBy(call: Call, lot: Lot): Promise<void> {
  const project = await call.em.findOneOrFail(Project, { id: lot.project });
  const area = await regionWatched(call.em, call.by);
  if (area === null || !regionsWithin(area).includes(project.region)) throw notFound();
}

/** The statement must be signed now, by a certificate of the authority that stands now. */
export async function checkOrderSignature(call: Call, statement: OrderStatement, signature: string): Promise<void> {
  const at = parseInstant(statement.at);
  if (at === undefined || !near(at, call.now)) throw orderSignature({ says: tooOld });
  const trust = { anchors: ownAnchors(), at: call.now };
  const verdict = await verifyDetached(Buffer.from(signature, 'base64'), canonicalBytes(statement), trust);
  if (!verdict.ok) throw orderSignature({ says: verdict.problem.title });
  for (const holder of [call.by.code, call.by.user])
    if (holder && (await standingCertificate(call.em, holder, verdict.signer.serial, call.now))) return;
  throw orderSignature({ says: notYours });
}

const near = (at: Instant, now: Instant): boolean => later(at, signedWithin) >= now && later(now, signedWithin) >= at;
const tooOld = { zh: '签名时间与当前时间相差过大，请重新签名。', en: 'It was signed too long ago; sign again.' };
const notYours = { zh: '签名证书不属于本监管部门。', en: 'The signing certificate is not this authority’s.' };
